import {
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  ApplicationCommandOptionType as Option,
} from 'discord.js'
import type { ChatFile } from '../desk/chat-form.ts'
import { toChatFile } from './chat-file.ts'
import { ALONE } from './commands.ts'

/** The words of a command, then the values of its options. */
export function readCommand({ options }: ChatInputCommandInteraction): { words: string[]; files: ChatFile[] } {
  const words: string[] = []
  const files: ChatFile[] = []
  const read = (given: readonly CommandInteractionOption[]): void => {
    for (const { name, type, value, options: inner, attachment } of given) {
      if (attachment) files.push(toChatFile(attachment))
      else if (type !== Option.SubcommandGroup && type !== Option.Subcommand) words.push(String(value))
      else if (name !== ALONE) words.push(name)
      if (inner) read(inner)
    }
  }
  read(options.data)
  return { words, files }
}
