/** What follows a command's words. */
export type Taken = {
  name: string
  about: string
  /** What can be offered while it is given. Default: mere text. */
  as?: 'text' | 'database' | 'time-zone' | 'file'
  choices?: readonly string[]
  isOptional?: true
}

export type CommandAbout = {
  words: string
  about: string
  takes?: readonly Taken[]
  /** Answered with a form, unless the files that it asks for came with the command. */
  opensForm?: true
}

const database = { name: 'database', about: 'Name of a database', as: 'database' } as const
const file = { about: 'SQLite, CSV, TSV or SQL file', as: 'file', isOptional: true } as const

/** Every command to manage things: help, and platforms on which commands are registered, are made from this. */
export const commandList = [
  { words: 'databases list', about: 'Show the databases that you may ask here' },
  {
    words: 'databases add',
    about: 'Register a database, from files or with a form',
    takes: ['file', 'file2', 'file3'].map((name) => ({ ...file, name })),
    opensForm: true,
  },
  { words: 'databases remove', about: 'Remove a database that you registered', takes: [database] },
  { words: 'use', about: 'Choose the databases of this channel', takes: [{ ...database, isOptional: true }] },
  { words: 'access', about: 'Say who may ask a database, and where', takes: [database], opensForm: true },
  { words: 'glossary', about: 'Show what words mean' },
  { words: 'glossary add', about: 'Say what a word means', opensForm: true },
  {
    words: 'glossary remove',
    about: 'Forget what a word means',
    takes: [database, { name: 'word', about: 'The word' }],
  },
  { words: 'settings', about: 'Show how you are answered' },
  {
    words: 'settings time-zone',
    about: 'Set the time zone that decides what “today” means for you',
    takes: [{ name: 'zone', about: 'Such as Europe/Berlin', as: 'time-zone' }],
  },
  {
    words: 'settings locale',
    about: 'Set how numbers and dates are written for you',
    takes: [{ name: 'locale', about: 'Such as de-CH' }],
  },
  {
    words: 'settings private',
    about: 'Choose whether only you see the answers to your questions',
    takes: [{ name: 'answers', about: 'on: only you see them', choices: ['on', 'off'] }],
  },
  { words: 'saved', about: 'Show your databases, saved questions and limits' },
  { words: 'admin', about: 'Show queue, health, model, limits and what was done' },
  { words: 'admin audit', about: 'Get the log of what was asked, as a file' },
  { words: 'admin trust', about: 'Choose whose thumbs up verify answers', opensForm: true },
  {
    words: 'admin quota',
    about: 'Limit how much may be asked in a day',
    takes: [
      { name: 'scope', about: 'Whom to limit', choices: ['person', 'channel'] },
      { name: 'number', about: 'How many questions a day, or off' },
      { name: 'message', about: 'What those are told who have used it up', isOptional: true },
    ],
  },
  { words: 'benchmark', about: 'Show how often the model is right' },
  { words: 'help', about: 'Show what can be done' },
] as const satisfies readonly CommandAbout[]

export type CommandWords = (typeof commandList)[number]['words']

/** How a command is written: `settings private on|off`. */
export function usageOf({ words, takes = [] }: CommandAbout): string {
  const typed = takes.filter(({ as }) => as !== 'file')
  const given = typed.map(({ name, choices }) => choices?.join('|') ?? name.toUpperCase())
  return [words, ...given].join(' ')
}

/** Whether a command is answered with a form. */
export function isAnsweredWithForm(words: string[], fileCount: number): boolean {
  const commands: readonly CommandAbout[] = commandList
  const text = `${words.join(' ')} `
  return fileCount === 0 && commands.some((one) => one.opensForm === true && text.startsWith(`${one.words} `))
}
