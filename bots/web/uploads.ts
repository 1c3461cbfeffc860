import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { HttpProblem } from './http-problem.ts'

export type UploadedFile = { id: string; name: string; path: string; bytes: number }

/** Files on their way in: written to a folder of ours as they arrive, never held in memory. */
export type Uploads = {
  receive(name: string, body: ReadableStream<Uint8Array> | null, signal: AbortSignal): Promise<UploadedFile>
  /** Hands the files to `use` and deletes them afterwards, whatever came of it. */
  spend<T>(ids: string[], use: (files: UploadedFile[]) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const maxWaiting = 64
const keptMs = 60 * 60_000

export function createUploads({ directory, limitBytes }: { directory: string; limitBytes: number }): Uploads {
  const waiting = new Map<string, UploadedFile & { expiry: NodeJS.Timeout }>()

  async function discard(id: string): Promise<void> {
    const file = waiting.get(id)
    if (!file) return
    waiting.delete(id)
    clearTimeout(file.expiry)
    await rm(file.path, { force: true })
  }

  return {
    async receive(name, body, signal) {
      if (waiting.size >= maxWaiting) throw tooMany()
      await mkdir(directory, { recursive: true, mode: 0o700 })
      const id = randomUUID()
      const path = join(directory, id)
      const counted = countBytes(limitBytes)
      try {
        const source = body ? Readable.fromWeb(body) : Readable.from([])
        await pipeline(source, counted.stream, createWriteStream(path, { mode: 0o600, flags: 'wx' }), { signal })
      } catch (error) {
        await rm(path, { force: true })
        throw error
      }
      const expiry = setTimeout(() => void discard(id), keptMs).unref()
      const file = { id, name, path, bytes: counted.bytes() }
      waiting.set(id, { ...file, expiry })
      return file
    },
    async spend(ids, use) {
      const files = ids.map((id) => waiting.get(id) ?? notHere())
      for (const file of files) waiting.delete(file.id)
      try {
        return await use(files)
      } finally {
        for (const file of files) {
          clearTimeout(file.expiry)
          await rm(file.path, { force: true })
        }
      }
    },
    async close() {
      await Promise.all([...waiting.keys()].map(discard))
    },
  }
}

function countBytes(limitBytes: number): { stream: Transform; bytes: () => number } {
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.byteLength
      if (bytes > limitBytes) done(tooLarge(limitBytes))
      else done(null, chunk)
    },
  })
  return { stream, bytes: () => bytes }
}

/** The problem of a file over the limit. */
export function tooLarge(limitBytes: number): HttpProblem {
  return new HttpProblem(413, {
    code: 'file-too-large',
    message: `This file is larger than ${Math.round(limitBytes / 1024 ** 2).toLocaleString('en')} MB, the most that can be uploaded.`,
    advice: 'Register it by path instead (`rowbot databases add FILE`, read in place), or raise ROWBOT_UPLOAD_LIMIT.',
  })
}

function tooMany(): HttpProblem {
  return new HttpProblem(429, {
    code: 'too-many-uploads',
    message: 'Too many uploaded files are waiting to be used.',
    advice: 'Finish adding a database first, or wait an hour.',
  })
}

function notHere(): never {
  throw new HttpProblem(404, {
    code: 'upload-gone',
    message: 'The uploaded file is no longer here.',
    advice: 'Choose the file again.',
  })
}
