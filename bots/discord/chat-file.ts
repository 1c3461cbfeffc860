import type { Attachment } from 'discord.js'
import { RowbotError } from '#core/rowbot-error.ts'
import type { ChatFile } from '../desk/chat-form.ts'
import { saveDownload } from '../desk/save-download.ts'

/** A file that a person attached, to be fetched from Discord. */
export function toChatFile({ name, size, url }: Pick<Attachment, 'name' | 'size' | 'url'>): ChatFile {
  return {
    name,
    bytes: size,
    async download(toFile, { maxBytes, signal }) {
      const response = await fetch(url, signal ? { signal } : {})
      if (!response.ok || !response.body) throw notThere(name)
      await saveDownload(response, toFile, { name, maxBytes, signal })
    },
  }
}

function notThere(name: string): RowbotError {
  return new RowbotError({
    code: 'file-not-there',
    message: `Discord does not give out ${name} any more.`,
    advice: 'Attach the file again.',
  })
}
