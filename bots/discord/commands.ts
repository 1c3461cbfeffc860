import {
  type APIApplicationCommandBasicOption as BasicOption,
  type RESTPostAPIChatInputApplicationCommandsJSONBody as CommandJson,
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
  type APIApplicationCommandSubcommandGroupOption as SubcommandGroup,
} from 'discord.js'
import { type CommandAbout, commandList, type Taken } from '../desk/commands/command-list.ts'

/** A command with subcommands cannot be called alone on Discord: this one stands for that. */
export const ALONE = 'show'

/** The command that asks. */
const sql: CommandJson = {
  name: 'sql',
  description: 'Ask a database a question in plain language',
  options: [
    {
      type: Option.String,
      name: 'question',
      description: 'What you want to know, such as: how many orders last week',
      required: true,
      autocomplete: true,
      max_length: 2000,
    },
    {
      type: Option.String,
      name: 'database',
      description: 'Which database to ask, if not the one of this channel',
      autocomplete: true,
    },
    { type: Option.Boolean, name: 'private', description: 'Whether only you see the answer' },
  ],
}

/** The command that manages. Its words, and after them the values of its options in this order, are the desk's command. */
const rowbot: CommandJson = {
  name: 'rowbot',
  description: 'Databases, settings and help',
  options: [...new Set(commandList.map(firstWord))].map(beginningWith),
}

/** Every command, as it is registered. */
export const commands: CommandJson[] = [sql, rowbot]

function firstWord({ words }: CommandAbout): string {
  return words.split(' ')[0] ?? ''
}

function beginningWith(name: string): Subcommand | SubcommandGroup {
  const members: readonly CommandAbout[] = commandList.filter((one) => firstWord(one) === name)
  const options = members.map((one) => subcommand(one.words.split(' ')[1] ?? ALONE, one))
  const [first] = members
  if (first && members.length === 1) return subcommand(name, first)
  return { type: Option.SubcommandGroup, name, description: first?.about ?? name, options }
}

function subcommand(name: string, { about, takes = [] }: CommandAbout): Subcommand {
  return { type: Option.Subcommand, name, description: about, options: takes.map(toOption) }
}

function toOption({ name, about, as = 'text', choices, isOptional }: Taken): BasicOption {
  const option = { name, description: about, required: isOptional !== true }
  if (as === 'file') return { ...option, type: Option.Attachment }
  if (choices) return { ...option, type: Option.String, choices: choices.map((value) => ({ name: value, value })) }
  return as === 'text' ? { ...option, type: Option.String } : { ...option, type: Option.String, autocomplete: true }
}
