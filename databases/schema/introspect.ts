import type { Database } from 'better-sqlite3'
import { fileFailure } from '../file-failure.ts'
import type { SensitiveColumn } from '../sandbox/executor.ts'
import { openReadOnly } from '../sandbox/open-read-only.ts'
import { type CountingBudget, countRows } from './count-rows.ts'
import { describeColumns, type ScanBudget } from './describe-columns.ts'
import { guessForeignKeys } from './guess-foreign-keys.ts'
import { profileColumns } from './profile-columns.ts'
import { readStructure, type TableStructure } from './read-structure.ts'
import type { Schema, Table } from './schema.ts'
import { hashSchema } from './schema-hash.ts'

export type IntrospectArgs = {
  path: string
  sensitive: SensitiveColumn[]
  /** Time for looking at rows; structure and row counts come on top. */
  budgetMs: number
  /**
   * Whose rows to look at. A view may take for ever, as may a table on a slow disk, and nothing in this process can
   * stop it.
   */
  rowsOf: 'tables and views' | 'tables' | 'nothing'
}

/**
 * Looks at a database: structure, keys, comments, typical values, ranges. How many rows are looked at depends on the
 * number of columns, so that 300 tables of 40 columns take seconds, and not on the clock, so that the hash comes out
 * the same again; the clock is a second bound. Throws a DatabaseError where the file cannot be read. To be run in a
 * sandbox process: the file may be hostile.
 */
export function introspect(args: IntrospectArgs): Schema {
  let db: Database | undefined
  try {
    db = openReadOnly(args.path)
    return introspectDatabase(db, args)
  } catch (error) {
    throw fileFailure(error, args.path)
  } finally {
    db?.close()
  }
}

/** The same for a database that is open already. */
export function introspectDatabase(db: Database, args: Omit<IntrospectArgs, 'path'>): Schema {
  const { tables: structures, warnings } = readStructure(db, args.sensitive)
  const looking = startLooking(db, structures, args, warnings)
  const sized = structures.map((structure) => ({ structure, rowCount: countTable(db, structure, looking) }))
  // Small tables first: the budget for whole passes then reaches most of them.
  const order = [...sized].sort((a, b) => (a.rowCount ?? Infinity) - (b.rowCount ?? Infinity))
  const described = new Map(order.map((table) => [table.structure, describeTable(db, table, looking)]))
  const tables = structures.flatMap((structure) => described.get(structure) ?? [])
  try {
    if (args.rowsOf !== 'nothing') guessForeignKeys(db, tables)
  } catch (error) {
    warnings.push(`No foreign keys could be guessed: ${(error as Error).message}.`)
  }
  if (Date.now() > looking.deadline)
    warnings.push('The database is large: typical values were not read from all of it.')
  return { dialect: 'sqlite', tables, hash: hashSchema(tables), warnings }
}

type Looking = {
  counting: CountingBudget
  scanning: ScanBudget
  maxRows: number
  deadline: number
  rowsOf: IntrospectArgs['rowsOf']
  warnings: string[]
}

// About two seconds of counting, of sampling and of whole passes, on a slow core.
const maxCountedRows = 20e6
const maxSampledCells = 4e6
const maxScannedCells = 30e6
const sampleRows = { least: 200, most: 10_000 }

// Rows of such a file are many bytes or many: it is sampled, and passes over whole tables are not for it.
const hugeBytes = 4e9
const shareOfHuge = 0.01

function startLooking(
  db: Database,
  structures: TableStructure[],
  args: Omit<IntrospectArgs, 'path'>,
  warnings: string[],
): Looking {
  const bytes = db.prepare('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size').pluck().get()
  const share = Number(bytes) > hugeBytes ? shareOfHuge : 1
  const columns = structures.reduce((sum, table) => sum + table.columns.length, 1)
  const affordable = Math.floor(maxSampledCells / columns)
  return {
    counting: { rows: maxCountedRows * share },
    scanning: { cells: maxScannedCells * share },
    maxRows: Math.min(Math.max(affordable, sampleRows.least), sampleRows.most),
    deadline: Date.now() + args.budgetMs,
    rowsOf: args.rowsOf,
    warnings,
  }
}

function isLookedAt({ kind }: TableStructure, { rowsOf }: Looking): boolean {
  return rowsOf === 'tables and views' || (rowsOf === 'tables' && kind === 'table')
}

function countTable(db: Database, table: TableStructure, looking: Looking): number | null {
  if (!isLookedAt(table, looking)) return null
  // What a view yields row by row may be dear: count few of its rows, and not at the tables' expense.
  const budget = table.kind === 'view' ? { rows: sampleRows.most } : looking.counting
  try {
    const { rows, exact } = countRows(db, table, budget)
    if (!exact && rows !== null) looking.warnings.push(`The number of rows of ${table.name} is an estimate.`)
    return rows
  } catch (error) {
    looking.warnings.push(`The rows of ${table.name} cannot be read: ${(error as Error).message}.`)
    return null
  }
}

function describeTable(
  db: Database,
  { structure, rowCount }: { structure: TableStructure; rowCount: number | null },
  looking: Looking,
): Table {
  const { virtual: _virtual, hasRowid: _hasRowid, ...table } = structure
  const unread = structure.columns.map((column) => ({ ...column, values: [], valuesComplete: false }))
  if (!isLookedAt(structure, looking)) return { ...table, columns: unread, rowCount }
  const { deadline, maxRows, scanning: budget, warnings } = looking
  try {
    const profiles = profileColumns(db, structure, { rowCount, maxRows, deadline })
    for (const [index, { invalidText }] of profiles.columns.entries()) {
      if (invalidText)
        warnings.push(`${table.name}.${structure.columns[index]?.name} holds text that is not valid UTF-8.`)
    }
    return { ...table, columns: describeColumns(db, structure, profiles, { rowCount, budget, deadline }), rowCount }
  } catch (error) {
    warnings.push(`The values of ${table.name} cannot be read: ${(error as Error).message}.`)
    return { ...table, columns: unread, rowCount }
  }
}
