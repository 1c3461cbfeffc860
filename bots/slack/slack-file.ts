import { RowbotError } from '#core/rowbot-error.ts'
import type { ChatFile } from '../desk/chat-form.ts'
import { saveDownload } from '../desk/save-download.ts'
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
      await saveDownload(response, toFile, { name, maxBytes, signal })
    },
  }
}

function unreadable(name: string, detail: string, cause?: unknown): RowbotError {
  const message = `The file ${name} could not be fetched from Slack: ${detail}`
  return new RowbotError({ code: 'file-not-fetched', message, advice: 'Try again, or tell an administrator.', cause })
}
