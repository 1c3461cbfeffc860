import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { access, readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { strToU8, type Zippable, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeFolder } from '#databases/sandbox/testing/make-database.ts'
import { sha256OfFile } from '#models/sha256-of-file.ts'
import { readSpiderFile } from '../spider.ts'
import { questionsHash, type SpiderHashes } from './check-spider.ts'
import { type GetProgress, getSpider } from './get-spider.ts'

const QUESTIONS = JSON.stringify([{ db_id: 'pond', question: 'How many?', query: 'SELECT count(*) FROM fish' }])
// Not to be compressed, so that an archive can be cut in the middle of it.
const DATABASE = Uint8Array.from({ length: 300_000 }, (_, at) => (Math.imul(at + 1, 2654435761) >>> 11) ^ (at >> 3))
const FILES: Record<string, Uint8Array> = {
  'dev.json': strToU8(QUESTIONS),
  'tables.json': strToU8('[]'),
  'dev_gold.sql': strToU8('SELECT count(*) FROM fish\tpond\n'),
  'database/pond/pond.sqlite': DATABASE,
}
const SUITE = { 'testsuite/pond/pond.sqlite': DATABASE, 'testsuite/pond/pondv1.sqlite': DATABASE }

let folder = makeFolder()
const closers: (() => Promise<unknown>)[] = []
beforeEach(() => {
  folder = makeFolder()
})
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
  folder.remove()
})

function write(files: Record<string, Uint8Array>, place: string): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(place, name)), { recursive: true })
    writeFileSync(join(place, name), content)
  }
  return place
}

async function hashes(): Promise<SpiderHashes> {
  const place = write(FILES, join(folder.path, 'published'))
  const cases = await readSpiderFile(join(place, 'dev.json'), place)
  const database = await sha256OfFile(join(place, 'database/pond/pond.sqlite'))
  return { questions: { 'dev.json': questionsHash(cases) }, databases: { pond: database } }
}

/** A publisher on the wire. Every archive is cut once after half of what was asked for. */
async function publish(archives: Record<string, Uint8Array | string>, { cut = false } = {}) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const body = archives[(request.url ?? '').slice(1)]
    asked.push(`${request.url} ${request.headers.range ?? ''}`.trim())
    if (body === undefined) return response.writeHead(404).end()
    if (typeof body === 'string') return response.writeHead(200, { 'content-type': 'text/html' }).end(body)
    const [from = 0, to = body.length - 1] =
      /bytes=(\d+)-(\d+)?/
        .exec(request.headers.range ?? '')
        ?.slice(1)
        .flatMap((one) => (one ? [Number(one)] : [])) ?? []
    const head = { 'content-length': to + 1 - from, 'content-range': `bytes ${from}-${to}/${body.length}` }
    response.writeHead(request.headers.range ? 206 : 200, head)
    if (cut && from === 0 && to > 0) {
      return response.write(body.subarray(0, body.length / 2), () => setTimeout(() => response.destroy(), 20))
    }
    response.end(body.subarray(from, to + 1))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { mirror: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked }
}

const within = (root: string, files: Record<string, Uint8Array>): Zippable =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${root}/${name}`, content]))

const SPIDER_ZIP = zipSync({
  ...within('spider_data', FILES),
  '__MACOSX/spider_data/._dev.json': strToU8('x'),
  'spider_data/README.txt': strToU8('read me'),
  '../../spider_data/database/pond/../../../evil.sqlite': strToU8('x'),
})
const SUITE_ZIP = zipSync({
  'database/pond/pond.sqlite': DATABASE,
  'database/pond/pondv1.sqlite': DATABASE,
  'database/pond/link.txt': strToU8('x'),
})

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(path.length + 1))
    .sort()
}

const EVERYTHING = [...Object.keys(FILES), ...Object.keys(SUITE)].sort()

describe('from a publisher', () => {
  const target = () => join(folder.path, 'data', 'spider')

  test('fetches, goes on after a cut, unpacks what belongs there, and says how far it is', async () => {
    const { mirror, asked } = await publish({ 'spider.zip': SPIDER_ZIP, 'testsuite.zip': SUITE_ZIP }, { cut: true })
    const progress: GetProgress[] = []
    const wanted = { folder: target(), mirror, hashes: await hashes(), retryDelayMs: 5 }
    const differences = await getSpider({ ...wanted, onProgress: (one) => progress.push(one) })
    expect(differences).toEqual({ missing: [], changed: [], hasSuite: true })
    expect(await filesBelow(target())).toEqual(EVERYTHING)
    expect(readFileSync(join(target(), 'database/pond/pond.sqlite')).equals(DATABASE)).toBe(true)
    expect(progress.at(-1)).toEqual({ what: 'testsuite.zip', bytes: SUITE_ZIP.length, totalBytes: SUITE_ZIP.length })
    expect(asked).toContainEqual(expect.stringMatching(/^\/spider\.zip bytes=[1-9]\d*-$/))
    expect(await readdir(join(folder.path, 'data'))).toEqual(['spider'])
  })

  test('refuses what is not as it was published, and leaves what was there', async () => {
    write({ 'dev.json': strToU8('[]') }, target())
    const changed = zipSync(within('spider', { ...FILES, 'database/pond/pond.sqlite': strToU8('other') }))
    const { mirror } = await publish({ 'spider.zip': changed, 'testsuite.zip': SUITE_ZIP })
    const getting = getSpider({ folder: target(), mirror, hashes: await hashes() })
    await expect(getting).rejects.toMatchObject({
      code: 'dataset-changed',
      message: expect.stringContaining('database/pond'),
    })
    expect(await filesBelow(target())).toEqual(['dev.json'])
  })

  test.each([
    [
      'a page instead of the archive',
      { 'spider.zip': '<html>Quota exceeded</html>' },
      'dataset-download',
      'gives a page',
    ],
    ['an archive that is gone', {}, 'dataset-download', 'HTTP 404'],
    [
      'no archive at all',
      { 'spider.zip': strToU8('nothing'), 'testsuite.zip': SUITE_ZIP },
      'dataset-incomplete',
      'tables.json',
    ],
    [
      'an archive that was cut off',
      { 'spider.zip': SPIDER_ZIP.subarray(0, 200_000) },
      'dataset-damaged',
      'spider.zip is damaged',
    ],
  ])('%s', async (_, archives, code, message) => {
    const { mirror } = await publish(archives)
    const getting = getSpider({ folder: target(), mirror, hashes: await hashes(), retryDelayMs: 1 })
    await expect(getting).rejects.toMatchObject({
      name: 'RowbotError',
      code,
      message: expect.stringContaining(message),
    })
    await expect(access(target())).rejects.toThrow()
  })
})

describe('from a folder', () => {
  test('copies what belongs to Spider and says what is not as it was published', async () => {
    const from = write({ ...FILES, ...SUITE, 'notes.txt': strToU8('x') }, join(folder.path, 'mine'))
    const target = join(folder.path, 'spider')
    const known = await hashes()
    expect(await getSpider({ folder: target, from, hashes: known })).toEqual({
      missing: [],
      changed: [],
      hasSuite: true,
    })
    expect(await filesBelow(target)).toEqual(EVERYTHING)
    write({ 'database/pond/pond.sqlite': strToU8('other') }, from)
    rmSync(join(from, 'testsuite'), { recursive: true })
    expect(await getSpider({ folder: target, from, hashes: known })).toEqual({
      missing: [],
      changed: ['database/pond'],
      hasSuite: false,
    })
  })

  test('says what is missing', async () => {
    const from = write({ 'dev.json': strToU8(QUESTIONS) }, join(folder.path, 'half'))
    const getting = getSpider({ folder: join(folder.path, 'spider'), from, hashes: await hashes() })
    await expect(getting).rejects.toMatchObject({
      code: 'dataset-incomplete',
      message: expect.stringContaining('tables.json and 1 more'),
    })
  })
})
