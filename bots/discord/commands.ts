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
        { type: Option.Subcommand, name: 'show', description: 'Show what words mean' },
        { type: Option.Subcommand, name: 'add', description: 'Say what a word means' },
        {
          type: Option.Subcommand,
          name: 'remove',
          description: 'Forget what a word means',
          options: [
            { ...database, required: true },
            { type: Option.String, name: 'word', description: 'The word', required: true },
          ],
        },
      ],
    },
    {
      type: Option.SubcommandGroup,
      name: 'settings',
      description: 'How you are answered',
      options: [
        { type: Option.Subcommand, name: 'show', description: 'Show your settings' },
        {
          type: Option.Subcommand,
          name: 'time-zone',
          description: 'Set the time zone that decides what “today” means for you',
          options: [{ ...text('zone', 'Such as Europe/Berlin'), autocomplete: true }],
        },
        {
          type: Option.Subcommand,
          name: 'locale',
          description: 'Set how numbers and dates are written for you',
          options: [text('locale', 'Such as de-CH')],
        },
        {
          type: Option.Subcommand,
          name: 'private',
          description: 'Choose whether only you see the answers to your questions',
          options: [{ ...text('answers', 'on: only you see them'), choices: choices('on', 'off') }],
        },
      ],
    },
    {
      type: Option.SubcommandGroup,
      name: 'admin',
      description: 'For administrators',
      options: [
        { type: Option.Subcommand, name: 'show', description: 'Show queue, health, model, limits and what was done' },
        { type: Option.Subcommand, name: 'audit', description: 'Get the log of what was asked, as a file' },
        { type: Option.Subcommand, name: 'trust', description: 'Choose whose thumbs up verify answers' },
        {
          type: Option.Subcommand,
          name: 'quota',
          description: 'Limit how much may be asked in a day',
          options: [
            { ...text('scope', 'Whom to limit'), choices: choices('person', 'channel') },
            text('number', 'How many questions a day, or off'),
            { ...text('message', 'What those are told who have used it up'), required: false },
          ],
        },
      ],
    },
    { type: Option.Subcommand, name: 'saved', description: 'Show your databases, saved questions and limits' },
    { type: Option.Subcommand, name: 'benchmark', description: 'Show how often the model is right' },
    { type: Option.Subcommand, name: 'help', description: 'Show what can be done' },
  ],
}

/** Every command, as it is registered. */
export const commands: CommandJson[] = [sql, rowbot]

/** Whether the desk answers these words with a form, which must come before anything else. */
export function isAnsweredWithForm(words: string[], fileCount: number): boolean {
  const isOne = FORMS.some((form) => `${words.join(' ')} `.startsWith(`${form} `))
  return isOne && fileCount === 0
}

const FORMS = ['databases add', 'glossary add', 'access', 'admin trust']

function text(name: string, description: string) {
  return { type: Option.String, name, description, required: true } as const
}

function choices(...values: string[]) {
  return values.map((value) => ({ name: value, value }))
}
