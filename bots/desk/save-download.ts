import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { RowbotError } from '#core/rowbot-error.ts'

export type DownloadLimits = { name: string; maxBytes: number; signal?: AbortSignal | undefined }

/** Saves what comes over the wire in a new file, and stops once it is too large: what a platform says about a size is not trusted. */
export async function saveDownload(
  { body }: Response,
  toFile: string,
  { name, maxBytes, signal }: DownloadLimits,
): Promise<void> {
  if (!body) throw new Error(`there is nothing in the answer for ${name}`)
  const steps = [
    Readable.fromWeb(body as ReadableStream),
    atMost(maxBytes, name),
    createWriteStream(toFile, { flags: 'wx' }),
  ]
  await pipeline(steps, signal ? { signal } : {})
}

function atMost(maxBytes: number, name: string): Transform {
  let bytes = 0
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length
      if (bytes > maxBytes) done(tooLarge(name, maxBytes))
      else done(null, piece)
    },
  })
}

function tooLarge(name: string, maxBytes: number): RowbotError {
  return new RowbotError({
    code: 'file-too-large',
    message: `${name} is larger than ${Math.floor(maxBytes / 1024 / 1024)} MiB.`,
    advice: 'Give a smaller file, or raise ROWBOT_UPLOAD_LIMIT.',
  })
}
