import {
  type RESTPostAPIChatInputApplicationCommandsJSONBody as CommandJson,
  ApplicationCommandOptionType as Option,
} from 'discord.js'

const database = {
  type: Option.String,
  name: 'database',
  description: 'Name of a database',
  autocomplete: true,
} as const
const file = { type: Option.Attachment, description: 'SQLite, CSV, TSV or SQL file' } as const

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
    { ...database, description: 'Which database to ask, if not the one of this channel' },
    { type: Option.Boolean, name: 'private', description: 'Whether only you see the answer' },
  ],
}

/** The command that manages. Its words, and after them the values of its options in this order, are the desk's command. */
const rowbot: CommandJson = {
  name: 'rowbot',
  description: 'Databases, settings and help',
  options: [
    {
      type: Option.SubcommandGroup,
      name: 'databases',
      description: 'Databases that can be asked here',
      options: [
        { type: Option.Subcommand, name: 'list', description: 'Show the databases that you may ask' },
        {
          type: Option.Subcommand,
          name: 'add',
          description: 'Register a database, from these files or with a form',
          options: ['file', 'file2', 'file3'].map((name) => ({ ...file, name })),
        },
        {
          type: Option.Subcommand,
          name: 'remove',
          description: 'Remove a database that you registered',
          options: [{ ...database, required: true }],
        },
      ],
    },
    {
      type: Option.Subcommand,
      name: 'use',
      description: 'Choose the database of this channel',
      options: [{ ...database, required: true }],
    },
    {
      type: Option.Subcommand,
      name: 'access',
      description: 'Say who may ask a database, and where',
      options: [{ ...database, required: true }],
    },
    {
      type: Option.SubcommandGroup,
      name: 'glossary',
      description: 'What words mean in a database',
      options: [
        { type: Option.Subcommand, name: 'list', description: 'Show what words mean', options: [database] },
        { type: Option.Subcommand, name: 'add', description: 'Say what a word means', options: [database] },
      ],
    },
    {
      type: Option.Subcommand,
      name: 'timezone',
      description: 'Set the time zone that decides what “today” means for you',
      options: [
        { type: Option.String, name: 'zone', description: 'Such as Europe/Berlin', required: true, autocomplete: true },
      ],
    },
    {
      type: Option.Subcommand,
      name: 'private',
      description: 'Choose whether only you see the answers to your questions',
      options: [
        {
          type: Option.String,
          name: 'answers',
          description: 'on: only you see them',
          required: true,
          choices: ['on', 'off'].map((value) => ({ name: value, value })),
        },
      ],
    },
    {
      type: Option.Subcommand,
      name: 'admin',
      description: 'Queue, health, model, limits and log, for administrators',
      options: [{ type: Option.String, name: 'what', description: 'Words of an administrator’s command' }],
    },
    {
      type: Option.Subcommand,
      name: 'benchmark',
      description: 'Show how often the model was right when it was measured',
    },
    { type: Option.Subcommand, name: 'home', description: 'Show your databases, questions and limits' },
    { type: Option.Subcommand, name: 'help', description: 'Show what can be done' },
  ],
}

/** Every command, as it is registered. */
export const commands: CommandJson[] = [sql, rowbot]

/** Whether the desk answers these words with a form, which must come before anything else. */
export function isAnsweredWithForm(words: string[], fileCount: number): boolean {
  const [first, second] = words
  return (
    fileCount === 0 && (first === 'access' || ((first === 'databases' || first === 'glossary') && second === 'add'))
  )
}
