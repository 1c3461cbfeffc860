import { openAccessForm } from '../actions/access-form.ts'
import type { Command, Response } from '../desk.ts'
import { homeView } from '../home.ts'
import { page } from '../say.ts'
import { say, type Visit } from '../visit.ts'
import { adminAudit, adminOverview, adminQuota, adminTrust } from './admin.ts'
import type { CommandHandler } from './command.ts'
import type { CommandWords } from './command-list.ts'
import { addDatabaseCommand, listDatabases, removeDatabaseCommand, useDatabases } from './databases.ts'
import { addTerm, removeTerm, showGlossary } from './glossary.ts'
import { helpPage } from './help.ts'
import { setLocale, setPrivate, setTimeZone, showSettings } from './person-settings.ts'

/** What every command does; those with fewer words take what more of them might say. */
const HANDLERS: Record<CommandWords | 'databases' | '', CommandHandler> = {
  'databases add': addDatabaseCommand,
  'databases remove': removeDatabaseCommand,
  'databases list': listDatabases,
  databases: listDatabases,
  use: useDatabases,
  access: (visit, { rest }) => openAccessForm(visit, rest.join(' ')),
  'glossary add': addTerm,
  'glossary remove': removeTerm,
  glossary: showGlossary,
  settings: showSettings,
  'settings private': setPrivate,
  'settings time-zone': setTimeZone,
  'settings locale': setLocale,
  saved: async (visit) => say((await homeView(visit)).page),
  'admin audit': adminAudit,
  'admin quota': adminQuota,
  'admin trust': adminTrust,
  admin: adminOverview,
  benchmark: (visit) => benchmark(visit),
  help: () => say(helpPage()),
  '': () => say(helpPage()),
}

/** Runs the command that the words begin with; what is none gets help. */
export async function runCommand(visit: Visit, command: Command): Promise<Response> {
  const { words } = command
  for (const count of [2, 1, 0]) {
    const name = words.slice(0, count).join(' ').toLowerCase()
    const isWhole = count > 0 || words.length === 0
    const handler = isWhole && Object.hasOwn(HANDLERS, name) ? HANDLERS[name as keyof typeof HANDLERS] : undefined
    if (handler) return handler(visit, { rest: words.slice(count), command })
  }
  return say(helpPage(words.join(' ')))
}

async function benchmark({ office }: Visit): Promise<Response> {
  const lines = await office.benchmark()
  const none = ['Nothing was measured on this machine yet.']
  return say(page('How often the model is right', [{ lines: lines.length > 0 ? lines : none }]))
}
