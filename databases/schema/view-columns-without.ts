import SQLite, { type Database } from 'better-sqlite3'
import { foldName, quoteName } from './quote-name.ts'

/**
 * For every view, the columns (folded names) that it would still have in a database without the sensitive columns. A
 * view that names one anywhere, in a filter too, is missing from the map: what it shows would tell of the column.
 * SQLite itself decides, on an empty copy of the schema, so that aliases, `*`, subqueries and views on views need no
 * rules of ours.
 */
export function viewColumnsWithout(
  db: Database,
  isSensitive: (table: string, column: string) => boolean,
): Map<string, Set<string>> {
  const copy = new SQLite(':memory:')
  try {
    // Virtual tables stay away, as in the sandbox: they may repeat what is hidden.
    for (const table of names(db, `type = 'table'`)) copyTable(db, copy, table, isSensitive)
    const views = db.prepare(`SELECT sql FROM main.sqlite_schema WHERE type = 'view'`).pluck().all() as string[]
    for (const sql of views) if (isView.test(sql)) attempt(() => copy.prepare(sql).run())
    return new Map(names(copy, `type = 'view'`).flatMap((view) => readColumns(copy, view)))
  } finally {
    copy.close()
  }
}

// A tampered file's text may be any statement, or several: prepared, several are refused, and ATTACH must not be the first.
const isView = /^CREATE VIEW\s/

function names(db: Database, condition: string): string[] {
  const sql = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND ${condition}`
  return db.prepare(sql).pluck().all() as string[]
}

function copyTable(db: Database, copy: Database, table: string, isSensitive: (t: string, c: string) => boolean): void {
  const columns = db.prepare('SELECT name FROM pragma_table_xinfo(?)').pluck().all(table) as string[]
  const open = columns.filter((column) => !isSensitive(table, column))
  const kept = open.filter((column) => open.length === columns.length || !isGenerated(db, table, column)).map(quoteName)
  if (kept.length === 0) return
  // Without a rowid where something is hidden: `rowid` would be another name for a hidden integer primary key.
  const hides = kept.length < columns.length
  const end = hides ? `, PRIMARY KEY (${kept[0]})) WITHOUT ROWID` : ')'
  attempt(() => copy.prepare(`CREATE TABLE ${quoteName(table)} (${kept.join(', ')}${end}`).run())
}

function isGenerated(db: Database, table: string, column: string): boolean {
  const sql = 'SELECT hidden > 0 FROM pragma_table_xinfo(?) WHERE name = ?'
  return db.prepare(sql).pluck().safeIntegers(false).get(table, column) === 1
}

function readColumns(copy: Database, view: string): [string, Set<string>][] {
  const columns = attempt(() => copy.prepare(`SELECT * FROM ${quoteName(view)} LIMIT 0`).columns())
  return columns === undefined ? [] : [[view, new Set(columns.map(({ name }) => foldName(name)))]]
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
