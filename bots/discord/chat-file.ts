import type { Attachment } from 'discord.js'
import type { ChatFile } from '../desk/chat-form.ts'
import { fetchedFile } from '../desk/fetch-file.ts'

/** A file that a person attached, to be fetched from Discord. */
export function toChatFile({ name, size, url }: Pick<Attachment, 'name' | 'size' | 'url'>): ChatFile {
  return fetchedFile({ name, bytes: size, address: url, platform: 'Discord' })
}
