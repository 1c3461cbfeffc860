import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CatalogueEntry } from '../catalogue.ts'
import { type PullOptions, type PullProgress, pullModel } from './pull-model.ts'

const CONTENT = randomBytes(300_000)
const SHA256 = sha256(CONTENT)
const ENTRY: CatalogueEntry = {
  name: 'tiny',
  title: 'Tiny',
  repository: 'Someone/Tiny-GGUF',
  file: 'tiny.gguf',
  quantisation: 'Q8_0',
  parametersB: 0.1,
  sizeMb: 1,
  memoryMb: 1,
  licence: 'Apache-2.0',
}
const PATH = '/Someone/Tiny-GGUF/resolve/main/tiny.gguf'

let directory: string
const closers: (() => Promise<void>)[] = []
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rowbot-pull-'))
})
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
  await rm(directory, { recursive: true, force: true })
})

type Hub = {
  head?: (response: ServerResponse) => void
  get?: (response: ServerResponse, from: number, count: number) => void
}

/** A hub on the wire: HEAD names size and checksum and redirects to the storage, as huggingface.co does; GET redirects there too. */
async function serveHub({ head, get }: Hub = {}) {
  const ranges: (string | undefined)[] = []
  const server = createServer((request: IncomingMessage, response) => {
    if (request.url === PATH && request.method === 'HEAD') return (head ?? describeFile)(response)
    if (request.url === PATH) return response.writeHead(302, { location: '/storage' }).end()
    if (request.url !== '/storage') return response.writeHead(404).end()
    ranges.push(request.headers.range)
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    ;(get ?? sendFrom)(response, from, ranges.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const pull = (entry: Partial<CatalogueEntry> = {}, options: Partial<PullOptions> = {}) =>
    pullModel({ ...ENTRY, ...entry }, { directory, endpoint, retryDelayMs: 5, ...options })
  return { endpoint, ranges, pull }
}

function describeFile(response: ServerResponse, checksum = SHA256, bytes = CONTENT.length) {
  response.writeHead(302, {
    location: '/storage',
    'x-linked-size': bytes,
    'x-linked-etag': `"${checksum}"`,
    'content-length': 0,
  })
  response.end()
}

function sendFrom(response: ServerResponse, from: number, _count: number, until = CONTENT.length) {
  const range = { 'content-range': `bytes ${from}-${CONTENT.length - 1}/${CONTENT.length}` }
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': CONTENT.length - from, ...(from > 0 && range) })
  if (until < CONTENT.length)
    response.write(CONTENT.subarray(from, until), () => setTimeout(() => response.destroy(), 20))
  else response.end(CONTENT.subarray(from))
}

async function isContent(path: string): Promise<boolean> {
  return (await readFile(path)).equals(CONTENT)
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

test('fetches a file, says how far it is, and does not fetch it again', async () => {
  const { pull, ranges } = await serveHub()
  const progress: PullProgress[] = []
  const path = await pull({}, { onProgress: (one) => progress.push(one) })
  expect(path).toBe(join(directory, 'tiny.gguf'))
  expect(await isContent(path)).toBe(true)
  expect(progress.at(-1)).toEqual({ stage: 'checking', bytes: CONTENT.length, totalBytes: CONTENT.length })
  const fetched = progress.filter(({ stage }) => stage === 'fetching').map(({ bytes }) => bytes)
  expect(fetched).toEqual([...fetched].sort((a, b) => a - b))
  expect(await pull()).toBe(path)
  expect(ranges).toHaveLength(1)
  expect(await readdir(directory)).toEqual(['tiny.gguf'])
})

test('a cut connection is taken up where it was cut', async () => {
  const { pull, ranges } = await serveHub({
    get: (response, from, count) => sendFrom(response, from, count, count < 3 ? count * 100_000 : undefined),
  })
  expect(await isContent(await pull())).toBe(true)
  expect(ranges).toEqual([undefined, 'bytes=100000-', 'bytes=200000-'])
})

test('what an aborted or failed pull has fetched is gone on with by the next one', async () => {
  let cut = true
  const { pull, ranges } = await serveHub({
    get: (response, from, count) => sendFrom(response, from, count, cut ? 120_000 : undefined),
  })
  const abort = new AbortController()
  const stop = ({ bytes }: PullProgress) => {
    if (bytes >= 120_000) setTimeout(() => abort.abort(new Error('not now')), 10)
  }
  await expect(pull({}, { signal: abort.signal, onProgress: stop })).rejects.toThrow('not now')
  expect(await readdir(directory)).toEqual([`tiny.gguf.${SHA256.slice(0, 12)}.part`])
  cut = false
  expect(await isContent(await pull())).toBe(true)
  expect(ranges.at(-1)).toMatch(/^bytes=1\d{5}-$/)
  expect(await readdir(directory)).toEqual(['tiny.gguf'])
})

test('a server that knows no ranges sends everything again', async () => {
  const { pull } = await serveHub({
    get: (response, _from, count) => sendFrom(response, 0, count, count === 1 ? 50_000 : undefined),
  })
  expect(await isContent(await pull())).toBe(true)
})

test('a connection that falls silent counts as cut', async () => {
  const { pull } = await serveHub({
    get: (response, from, count) => {
      if (count > 1) return sendFrom(response, from, count)
      response.writeHead(200, { 'content-length': CONTENT.length })
      response.write(CONTENT.subarray(0, 10_000))
    },
  })
  expect(await isContent(await pull({}, { stallMs: 100 }))).toBe(true)
})

test('a connection that is cut again and again is given up on, keeping what came', async () => {
  const { pull } = await serveHub({ get: (response, from, count) => sendFrom(response, from, count, 1000) })
  await expect(pull({}, { retries: 2 })).rejects.toMatchObject({ name: 'ModelError', code: 'unreachable' })
  expect(await readdir(directory)).toEqual([`tiny.gguf.${SHA256.slice(0, 12)}.part`])
})

test('content that is not what the hub published is deleted, and an older file stays', async () => {
  await writeFile(join(directory, 'tiny.gguf'), 'the older one')
  const { pull } = await serveHub({ head: (response) => describeFile(response, sha256(Buffer.from('another'))) })
  await expect(pull()).rejects.toMatchObject({ name: 'ModelError', code: 'wrong-checksum' })
  expect(await readdir(directory)).toEqual(['tiny.gguf'])
  expect(await readFile(join(directory, 'tiny.gguf'), 'utf8')).toBe('the older one')
})

test('a remainder that was damaged on the disk does not pass', async () => {
  await writeFile(join(directory, `tiny.gguf.${SHA256.slice(0, 12)}.part`), Buffer.alloc(1000))
  const { pull } = await serveHub()
  await expect(pull()).rejects.toMatchObject({ code: 'wrong-checksum' })
  expect(await isContent(await pull())).toBe(true)
})

test('a checksum in the catalogue must be the published one, and serves where the hub publishes none', async () => {
  const { pull, ranges } = await serveHub()
  await expect(pull({ sha256: sha256(Buffer.from('known')) })).rejects.toMatchObject({ code: 'wrong-checksum' })
  expect(ranges).toEqual([])
  const silent = await serveHub({
    head: (response) => response.writeHead(200, { 'content-length': CONTENT.length }).end(),
  })
  await expect(silent.pull()).rejects.toMatchObject({
    code: 'wrong-checksum',
    message: expect.stringContaining('without a checksum'),
  })
  expect(await isContent(await silent.pull({ sha256: SHA256 }))).toBe(true)
})

test.each([404, 401, 403])('HTTP %i is said, once', async (status) => {
  const { pull } = await serveHub({ head: (response) => response.writeHead(status).end() })
  await expect(pull()).rejects.toMatchObject({
    name: 'ModelError',
    code: 'download-failed',
    message: expect.stringContaining(`HTTP ${status}`),
  })
  expect(await readdir(directory)).toEqual([])
})

test('a storage that is busy is asked again; one that refuses is not', async () => {
  const busy = await serveHub({
    get: (response, from, count) => (count < 3 ? void response.writeHead(503).end() : sendFrom(response, from, count)),
  })
  expect(await isContent(await busy.pull())).toBe(true)
  await rm(join(directory, 'tiny.gguf'))
  const gone = await serveHub({ get: (response) => void response.writeHead(404).end() })
  await expect(gone.pull()).rejects.toMatchObject({ code: 'download-failed', message: expect.stringContaining('404') })
  expect(gone.ranges).toHaveLength(1)
})

test('without a network it says how to do without one', async () => {
  const { endpoint } = await serveHub()
  await closers.pop()?.()
  await expect(pullModel(ENTRY, { directory, endpoint })).rejects.toMatchObject({
    name: 'ModelError',
    code: 'unreachable',
    advice: expect.stringContaining('copy tiny.gguf from another machine'),
  })
})

test('a file bigger than the disk is not begun', async () => {
  const { pull, ranges } = await serveHub({ head: (response) => describeFile(response, SHA256, 1e16) })
  await expect(pull()).rejects.toMatchObject({ name: 'ModelError', code: 'disk-full' })
  expect(ranges).toEqual([])
  expect(await readdir(directory)).toEqual([])
})

test('a folder that cannot be made is said', async () => {
  await writeFile(join(directory, 'file'), '')
  const { pull } = await serveHub()
  await expect(pull({}, { directory: join(directory, 'file', 'models') })).rejects.toMatchObject({
    code: 'cannot-write',
  })
})

const MOUNTED = canMount()
test.skipIf(!MOUNTED)(
  `a disk that fills up while fetching leaves nothing behind${MOUNTED ? '' : ' (skipped: needs root to mount)'}`,
  async () => {
    const small = join(directory, 'small')
    await mkdir(small)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=100m', 'tmpfs', small])
    closers.push(async () => void execFileSync('umount', ['-l', small]))
    const { pull } = await serveHub({
      get: (response) => {
        // More than was announced fits; another program takes the space meanwhile.
        execFileSync('fallocate', ['-l', '104700000', join(small, 'other')])
        sendFrom(response, 0, 1)
      },
    })
    await expect(pull({}, { directory: small })).rejects.toMatchObject({ name: 'ModelError', code: 'disk-full' })
    expect(await readdir(small)).toEqual(['other'])
  },
)

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
