import {
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  ApplicationCommandOptionType as Option,
} from 'discord.js'
import type { ChatFile } from '../desk/chat-form.ts'
import { toChatFile } from './chat-file.ts'

/** The words of a command, then the values of its options; what is one word in the desk's commands may hold blanks here. */
export function readCommand({ options }: ChatInputCommandInteraction): { words: string[]; files: ChatFile[] } {
  const words: string[] = []
  const files: ChatFile[] = []
  const read = (given: readonly CommandInteractionOption[]): void => {
    for (const { name, type, value, options: inner, attachment } of given) {
      if (type === Option.SubcommandGroup || type === Option.Subcommand) words.push(name)
      else if (attachment) files.push(toChatFile(attachment))
      else if (name === FREE_TEXT) words.push(...String(value).split(/\s+/).filter(Boolean))
      else words.push(String(value))
      if (inner) read(inner)
    }
  }
  read(options.data)
  return { words, files }
}

/** The option in which several words are typed. */
const FREE_TEXT = 'what'
