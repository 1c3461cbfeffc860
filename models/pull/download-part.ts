import { createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { HttpError } from './pull-error.ts'

export type PartDownload = {
  url: string
  /** The unfinished file: what is in it is gone on with. */
  part: string
  totalBytes: number
  onBytes: (bytes: number) => void
  stallMs?: number
  retries?: number
  retryDelayMs?: number
  signal?: AbortSignal
}

const DEFAULT_STALL_MS = 30_000
const DEFAULT_RETRIES = 5
const DEFAULT_RETRY_DELAY_MS = 1_000

/** Downloads until the part has all its bytes, taking a cut connection up again as long as each attempt brings something new. */
export async function downloadPart(download: PartDownload): Promise<void> {
  const { part, totalBytes, signal, retries = DEFAULT_RETRIES, retryDelayMs = DEFAULT_RETRY_DELAY_MS } = download
  let fruitless = 0
  let have = await bytesOf(part)
  if (have > totalBytes) {
    await rm(part, { force: true })
    have = 0
  }
  while (have < totalBytes) {
    const failure = await attempt(download, have)
    signal?.throwIfAborted()
    const now = await bytesOf(part)
    fruitless = now > have ? 0 : fruitless + 1
    have = now
    if (have < totalBytes && failure === undefined) throw new Error('the file is shorter than it was said to be')
    if (failure !== undefined && (!canPass(failure) || fruitless > retries)) throw failure
    if (failure !== undefined) await sleep(retryDelayMs * 2 ** fruitless, undefined, { signal })
  }
}

async function attempt(download: PartDownload, have: number): Promise<unknown> {
  const { url, part, onBytes, signal, stallMs = DEFAULT_STALL_MS } = download
  const stall = new AbortController()
  const stalled = () => stall.abort(new Error(`nothing came for ${Math.round(stallMs / 1000)} s`))
  let timer = setTimeout(stalled, stallMs)
  try {
    const response = await fetch(url, {
      headers: { 'accept-encoding': 'identity', ...(have > 0 && { range: `bytes=${have}-` }) },
      signal: signal ? AbortSignal.any([signal, stall.signal]) : stall.signal,
    })
    const start = startOf(response, url, have)
    let bytes = start
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        clearTimeout(timer)
        timer = setTimeout(stalled, stallMs)
        bytes += chunk.length
        onBytes(bytes)
        done(null, chunk)
      },
    })
    const body = Readable.fromWeb(response.body as import('node:stream/web').ReadableStream)
    await pipeline(body, meter, createWriteStream(part, { flags: start > 0 ? 'a' : 'w', flush: true }))
  } catch (error) {
    return error
  } finally {
    clearTimeout(timer)
  }
}

/** Where the answer begins: servers that know no ranges send everything again. */
function startOf(response: Response, url: string, have: number): number {
  if (response.status === 200 && response.body) return 0
  const range = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')
  if (response.status === 206 && response.body && Number(range?.[1]) === have) return have
  throw new HttpError(url, response.status)
}

/** Cut connections and busy servers get another chance; refusals and a full disk do not. */
function canPass(failure: unknown): boolean {
  if (failure instanceof HttpError) return failure.status === 429 || failure.status >= 500
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : ''
  return !['ENOSPC', 'EDQUOT', 'EFBIG', 'EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOENT', 'ENOTDIR'].includes(code)
}

/** Bytes of a file; 0 where there is none. */
export async function bytesOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0
}
