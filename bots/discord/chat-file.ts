import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Attachment } from 'discord.js'
import { RowbotError } from '#core/rowbot-error.ts'
import type { ChatFile } from '../desk/chat-form.ts'

/** A file that a person attached, to be fetched from Discord. */
export function toChatFile({ name, size, url }: Pick<Attachment, 'name' | 'size' | 'url'>): ChatFile {
  return {
    name,
    bytes: size,
    async download(toFile, { maxBytes, signal }) {
      const response = await fetch(url, signal ? { signal } : {})
      if (!response.ok || !response.body) throw notThere(name)
      const steps = [
        Readable.fromWeb(response.body as never),
        atMost(maxBytes, name),
        createWriteStream(toFile, { flags: 'wx' }),
      ]
      await pipeline(steps, signal ? { signal } : {})
    },
  }
}

/** What Discord says about the size is not trusted. */
function atMost(maxBytes: number, name: string): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > maxBytes) done(tooLarge(name, maxBytes))
      else done(null, chunk)
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

function notThere(name: string): RowbotError {
  return new RowbotError({
    code: 'file-not-there',
    message: `Discord does not give out ${name} any more.`,
    advice: 'Attach the file again.',
  })
}
