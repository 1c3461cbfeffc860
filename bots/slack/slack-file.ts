import type { ChatFile } from '../desk/chat-form.ts'
import { fetchedFile } from '../desk/fetch-file.ts'
import { scopeFix } from './to-failure.ts'

type UploadedFile = { name?: string; size?: number; url_private_download?: string; url_private?: string }

/** A file in Slack, to be fetched with the bot's token. */
export function slackFile(file: UploadedFile, token: string): ChatFile {
  const name = file.name || 'file'
  return fetchedFile({
    name,
    bytes: file.size ?? null,
    address: file.url_private_download ?? file.url_private ?? null,
    headers: { authorization: `Bearer ${token}` },
    platform: 'Slack',
    // Whoever may not read a file is shown the log-in page, with status 200.
    notTheFile: ({ headers }) => {
      const isPage = headers.get('content-type')?.startsWith('text/html') && !/\.html?$/i.test(name)
      return isPage ? scopeFix('files:read').fix : null
    },
  })
}
