import { existsSync, statSync } from 'node:fs'
import { basename, extname, resolve } from 'node:path'
import type { Command } from 'commander'
import type { Asker } from '#core/question.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import type { ColumnView, DatabaseSummary, DatabaseView, TableView } from '../conversation/conversation.ts'
import { alignColumns } from './align-columns.ts'
import { another } from './another.ts'
import type { CommandLine } from './host.ts'
import { EXIT, type Flags, type Shelf } from './host.ts'
import { plainLines } from './plain-lines.ts'

type AddFlags = Flags & { name?: string; description?: string; inPlace?: boolean; sensitive?: string[] }

/** `databases`: what can be asked, and what is known about it. */
export function addDatabaseCommands(program: Command, line: CommandLine): void {
  const databases = program.command('databases').description('register databases and see what they hold')
  const run = (work: (shelf: Shelf) => Promise<void>) => withShelf(line, work)

  databases
    .command('add')
    .description('register a database: one SQLite file or dump, or CSV files that become one database')
    .argument('<file...>')
    .option('--name <name>', 'how people call it (default: the name of the file)')
    .option('--description <text>', 'what it holds, for people and for the model')
    .option('--in-place', 'read the SQLite file where it is, always fresh, instead of copying it')
    .option(
      '--sensitive <table.column>',
      'column that must never show in prompts or answers; may be given several times',
      another,
    )
    .action((files: string[], flags: AddFlags) => run((shelf) => add(files, flags, shelf, line)))
  databases
    .command('list')
    .description('all databases that can be asked')
    .action(() => run(async (shelf) => line.terminal.write(listText(await shelf.databases.list(shelf.asker)))))
  databases
    .command('show')
    .description('tables, columns and keys of a database')
    .argument('<name>')
    .action((name: string) =>
      run(async (shelf) => line.terminal.write(viewText(await shelf.databases.show(name, shelf.asker), shelf.asker))),
    )
  databases
    .command('replace')
    .description('give a database new data; it keeps its name, history and settings')
    .argument('<name>')
    .argument('<file...>')
    .action((name: string, files: string[]) => run((shelf) => replace(name, files, shelf, line)))
  databases
    .command('refresh')
    .description('read the schema and the values of a database anew')
    .argument('<name>')
    .action((name: string) =>
      run(async (shelf) => {
        await shelf.databases.refresh(name)
        line.terminal.write(`${name} was read anew.\n`)
      }),
    )
  databases
    .command('hide')
    .description('choose the columns that must never show in prompts or answers (none given: show all)')
    .argument('<name>')
    .argument('[table.column...]')
    .action((name: string, columns: string[]) =>
      run(async (shelf) => {
        await shelf.databases.setSensitive(name, columns.map(readColumn))
        line.terminal.write(
          columns.length > 0 ? `Hidden in ${name}: ${columns.join(', ')}\n` : `${name} hides nothing now.\n`,
        )
      }),
    )
  databases
    .command('remove')
    .description('forget a database; a file that was registered in place is left alone')
    .argument('<name>')
    .action((name: string) =>
      run(async (shelf) => {
        const { id } = await shelf.databases.show(name, shelf.asker)
        await shelf.databases.remove(id, shelf.asker)
        line.terminal.write(`${name} is no longer registered.\n`)
      }),
    )
}

async function withShelf({ host, exit }: CommandLine, work: (shelf: Shelf) => Promise<void>): Promise<void> {
  const shelf = await host.openShelf({})
  try {
    await work(shelf)
    exit(EXIT.answered)
  } finally {
    await shelf.close()
  }
}

async function add(given: string[], flags: AddFlags, shelf: Shelf, { terminal }: CommandLine): Promise<void> {
  const files = given.map(existingFile)
  const first = files[0] ?? ''
  const name = flags.name ?? basename(first, extname(first))
  const description = flags.description ?? ''
  const sensitive = (flags.sensitive ?? []).map(readColumn)
  const { id, warnings } = flags.inPlace
    ? await shelf.databases.addPath(singleFile(files), { name, description })
    : await shelf.databases.add({ name, description, files: asUploads(files), asker: shelf.asker })
  if (sensitive.length > 0) await hideOrRemove(id, sensitive, shelf)
  terminal.write(viewText(await shelf.databases.show(id, shelf.asker), shelf.asker))
  terminal.notice(warningText(warnings))
}

/** What was to be kept back must not be there to be asked when it cannot be. */
async function hideOrRemove(id: string, columns: { table: string; column: string }[], shelf: Shelf): Promise<void> {
  try {
    await shelf.databases.setSensitive(id, columns)
  } catch (error) {
    await shelf.databases.remove(id, shelf.asker)
    throw error
  }
}

async function replace(name: string, given: string[], shelf: Shelf, { terminal }: CommandLine): Promise<void> {
  const files = asUploads(given.map(existingFile))
  const { id } = await shelf.databases.show(name, shelf.asker)
  const { warnings } = await shelf.databases.replace(id, { files, asker: shelf.asker })
  terminal.write(viewText(await shelf.databases.show(id, shelf.asker), shelf.asker))
  terminal.notice(warningText(warnings))
}

function asUploads(paths: string[]): { name: string; path: string }[] {
  return paths.map((path) => ({ name: basename(path), path }))
}

function existingFile(given: string): string {
  const path = resolve(given)
  if (existsSync(path) && statSync(path).isFile()) return path
  throw new RowbotError({
    code: 'no-such-file',
    message: existsSync(path) ? `${given} is not a file.` : `There is no file ${given}.`,
    advice: 'Give the path of a .sqlite, .db, .csv, .tsv or .sql file.',
  })
}

function singleFile(files: string[]): string {
  if (files.length === 1 && files[0]) return files[0]
  throw new RowbotError({
    code: 'one-file-in-place',
    message: 'Only a single SQLite file can be read in place.',
    advice: 'Register the files one by one, or leave out --in-place.',
  })
}

function readColumn(text: string): { table: string; column: string } {
  const [table, column, ...rest] = text.split('.')
  if (table && column && rest.length === 0) return { table, column }
  throw new RowbotError({
    code: 'bad-column',
    message: `“${text}” does not name a column.`,
    advice: 'Write TABLE.COLUMN, as in customers.email.',
  })
}

function listText(databases: DatabaseSummary[]): string {
  if (databases.length === 0) return 'No database is registered yet. Add one: rowbot databases add FILE\n'
  return alignColumns(databases.map(summaryTexts))
}

function summaryTexts({ name, description, tableCount, dataAge }: DatabaseSummary): string[] {
  return [name, `${tableCount} ${tableCount === 1 ? 'table' : 'tables'}`, dataAge, description]
}

function viewText(view: DatabaseView, { locale }: Asker): string {
  const about = summaryTexts(view).filter(Boolean).join(' · ')
  const tables = view.tables.map((table) => tableText(table, locale))
  return `${plainLines(about)}\n${warningText(view.warnings)}\n${tables.join('\n')}`
}

function warningText(warnings: string[]): string {
  return plainLines(warnings.map((warning) => `! ${warning}\n`).join(''))
}

function tableText({ name, kind, comment, rowCount, columns }: TableView, locale: string): string {
  const rows = rowCount === null ? '' : `${rowCount.toLocaleString(locale)} ${rowCount === 1 ? 'row' : 'rows'}`
  const about = [kind === 'view' ? 'view' : '', rows, comment ?? ''].filter(Boolean).join(', ')
  return alignColumns([[name, about]]) + alignColumns(columns.map(columnTexts), { indent: 2 })
}

function columnTexts({ name, type, primaryKey, references, comment }: ColumnView): string[] {
  const points = references && `→ ${references.table}.${references.column}${references.guessed ? ' (guessed)' : ''}`
  return [name, type, [primaryKey ? 'primary key' : '', points, comment].filter(Boolean).join(', ')]
}
