import type { Database } from 'better-sqlite3'
import type { SensitiveColumn } from '../sandbox/executor.ts'
import { readDdlComments } from './ddl-comments.ts'
import { foldName, quoteName } from './quote-name.ts'
import { readKeys } from './read-keys.ts'
import type { ForeignKey } from './schema.ts'
import { viewColumnsWithout } from './view-columns-without.ts'

/** A table or view as its definition says, before anybody looked at its rows. */
export type TableStructure = {
  name: string
  kind: 'table' | 'view'
  virtual: boolean
  /** False for WITHOUT ROWID tables, virtual tables and views. */
  hasRowid: boolean
  comment?: string
  columns: { name: string; type: string; notNull: boolean; comment?: string }[]
  primaryKey: string[]
  foreignKeys: ForeignKey[]
  uniqueKeys: string[][]
  indexes: string[][]
}

export type Structure = { tables: TableStructure[]; warnings: string[] }

/**
 * Tables and views of a database in the order of their creation, without SQLite's own tables, the shadow tables of
 * virtual tables and the sensitive columns. What cannot be read (a broken view, a virtual table of an unknown kind) is
 * left out with a warning.
 */
export function readStructure(db: Database, sensitive: SensitiveColumn[]): Structure {
  const hidden = new Set(sensitive.map(({ table, column }) => columnKey(table, column)))
  const structure: Structure = { tables: [], warnings: [] }
  const definitions = readDefinitions(db)
  for (const listed of sortByCreation(listTables(db), [...definitions.keys()])) {
    const definition = definitions.get(listed.name)
    if (listed.name.includes('\ufffd')) structure.warnings.push(`A table whose name is not valid UTF-8 was left out.`)
    else if (listed.type === 'virtual' && sensitive.length > 0) structure.warnings.push(hiddenIndex(listed.name))
    else readTable(db, listed, definition, hidden, structure)
  }
  if (sensitive.length > 0) hideViewColumns(db, structure, hidden)
  dropKeysToHidden(structure.tables)
  return structure
}

// A full-text index repeats what other tables hold: the sandbox bars it as soon as anything is sensitive.
function hiddenIndex(name: string): string {
  return `The virtual table ${name} was left out: it may repeat sensitive columns.`
}

type Listed = { name: string; type: 'table' | 'view' | 'virtual' | 'shadow'; wr: number }
type ListedColumn = { name: string; type: string; notnull: number; pk: number; hidden: number }

function columnKey(table: string, column: string): string {
  return `${foldName(table)}\u0000${foldName(column)}`
}

function listTables(db: Database): Listed[] {
  const listed = db
    .prepare(`SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main'`)
    .safeIntegers(false)
    .all() as Listed[]
  return listed.filter(({ name, type }) => type !== 'shadow' && !foldName(name).startsWith('sqlite_'))
}

function readDefinitions(db: Database): Map<string, string> {
  const rows = db
    .prepare(`SELECT name, sql FROM main.sqlite_schema WHERE type IN ('table', 'view') ORDER BY rowid`)
    .raw()
    .all() as [string, string | null][]
  return new Map(rows.map(([name, sql]) => [name, sql ?? '']))
}

function readTable(
  db: Database,
  listed: Listed,
  sql: string | undefined,
  hidden: Set<string>,
  { tables, warnings }: Structure,
): void {
  const kind = listed.type === 'view' ? 'view' : 'table'
  try {
    const columns = listColumns(db, listed.name)
    const open = columns.filter(({ name }) => !hidden.has(columnKey(listed.name, name)))
    // Generated columns go too where something is hidden: they may be computed from it. The sandbox does the same.
    const seen = open.length === columns.length ? open : open.filter(({ hidden }) => hidden === 0)
    const comments = readDdlComments(kind === 'table' && listed.type !== 'virtual' ? (sql ?? '') : '')
    const keys = readKeys(db, listed.name, new Set(seen.map(({ name }) => foldName(name))))
    const pkIsWhole = columns.every(({ name, pk }) => pk === 0 || seen.some((column) => column.name === name))
    const primaryKey = pkIsWhole ? seen.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk) : []
    tables.push({
      name: listed.name,
      kind,
      virtual: listed.type === 'virtual',
      hasRowid: listed.type === 'table' && listed.wr === 0,
      ...(comments.table === undefined ? {} : { comment: comments.table }),
      columns: seen.map((column) => describe(column, comments.columns.get(foldName(column.name)))),
      primaryKey: primaryKey.map(({ name }) => name),
      ...keys,
    })
  } catch (error) {
    const what = kind === 'view' ? 'The view' : 'The table'
    warnings.push(`${what} ${listed.name} cannot be read and was left out: ${(error as Error).message}.`)
  }
}

function listColumns(db: Database, table: string): ListedColumn[] {
  // Preparing finds what table_xinfo overlooks: a view on a view that is gone, a module that is not there.
  db.prepare(`SELECT * FROM ${quoteName(table)} LIMIT 0`)
  const columns = db
    .prepare(`SELECT name, type, "notnull", pk, hidden FROM pragma_table_xinfo(?)`)
    .safeIntegers(false)
    .all(table) as ListedColumn[]
  return columns.filter(({ name, hidden }) => hidden !== 1 && !name.includes('\ufffd'))
}

function describe({ name, type, notnull, pk }: ListedColumn, comment: string | undefined) {
  const column = { name, type, notNull: notnull === 1 || pk > 0 }
  return comment === undefined ? column : { ...column, comment }
}

function hideViewColumns(db: Database, structure: Structure, hidden: Set<string>): void {
  const views = structure.tables.filter(({ kind }) => kind === 'view')
  if (views.length === 0) return
  const allowed = viewColumnsWithout(db, (table, column) => hidden.has(columnKey(table, column)))
  for (const view of views) {
    const kept = allowed.get(view.name) ?? new Set()
    view.columns = view.columns.filter(({ name }) => kept.has(foldName(name)))
    if (view.columns.length > 0) continue
    structure.warnings.push(`The view ${view.name} was left out: it is made from sensitive columns.`)
  }
  structure.tables = structure.tables.filter(({ columns }) => columns.length > 0)
}

function dropKeysToHidden(tables: TableStructure[]): void {
  const shown = new Set(tables.flatMap(({ name, columns }) => columns.map((column) => columnKey(name, column.name))))
  for (const table of tables) {
    table.foreignKeys = table.foreignKeys.filter(({ references }) =>
      references.columns.every((column) => shown.has(columnKey(references.table, column))),
    )
  }
}

function sortByCreation(tables: Listed[], names: string[]): Listed[] {
  const place = new Map(names.map((name, index) => [name, index]))
  return tables.sort((a, b) => (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0))
}
