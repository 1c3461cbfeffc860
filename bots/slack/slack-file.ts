import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { RowbotError } from '#core/rowbot-error.ts'
import type { ChatFile } from '../desk/chat-form.ts'
import { scopeFix } from './to-failure.ts'

type UploadedFile = { name?: string; size?: number; url_private_download?: string; url_private?: string }

/** A file in Slack, to be fetched with the bot's token. */
export function slackFile(file: UploadedFile, token: string): ChatFile {
  const name = file.name || 'file'
  return {
    name,
    bytes: file.size ?? null,
    async download(toFile, { maxBytes, signal }) {
      const address = file.url_private_download ?? file.url_private
      if (!address) throw unreadable(name, 'Slack gave no address for it')
      const response = await fetch(address, {
        headers: { authorization: `Bearer ${token}` },
        ...(signal ? { signal } : {}),
      }).catch((cause: unknown) => {
        throw unreadable(name, 'Slack cannot be reached', cause)
      })
      if (!response.ok || !response.body) throw unreadable(name, `HTTP ${response.status}`)
      // Whoever may not read a file is shown the log-in page, with status 200.
      if (response.headers.get('content-type')?.startsWith('text/html') && !/\.html?$/i.test(name))
        throw unreadable(name, scopeFix('files:read').fix)
      const body = Readable.fromWeb(response.body as ReadableStream)
      await pipeline(body, atMost(maxBytes, name), createWriteStream(toFile, { flags: 'wx' }))
    },
  }
}

function unreadable(name: string, detail: string, cause?: unknown): RowbotError {
  const message = `The file ${name} could not be fetched from Slack: ${detail}`
  return new RowbotError({ code: 'file-not-fetched', message, advice: 'Try again, or tell an administrator.', cause })
}

function atMost(maxBytes: number, name: string): Transform {
  let bytes = 0
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length
      if (bytes <= maxBytes) return done(null, piece)
      const message = `The file ${name} is larger than the ${Math.floor(maxBytes / 1024 ** 2)} MB that may be uploaded.`
      done(new RowbotError({ code: 'file-too-large', message, advice: 'Upload a smaller file.' }))
    },
  })
}
