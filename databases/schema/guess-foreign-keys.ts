import type { Database } from 'better-sqlite3'
import { splitWords } from './date-format.ts'
import { quoteName } from './quote-name.ts'
import type { Column, ForeignKey, Table } from './schema.ts'

/**
 * Adds foreign keys that nobody declared: a column whose name points to another table's key (`customer_id` to
 * `customers.id`, or the same `customer_code` in both) and whose values all occur there. Conservative: one target or
 * none, and never a column with a declared key.
 */
export function guessForeignKeys(db: Database, tables: Table[]): void {
  const keys = tables.filter(({ kind }) => kind === 'table').flatMap((table) => keysOf(db, table))
  const byColumn = groupBy(keys, ({ column }) => compact(column.name))
  const byTable = groupBy(keys, ({ stem }) => stem)
  for (const table of tables) {
    if (table.kind === 'view') continue
    const taken = new Set(table.foreignKeys.flatMap(({ columns }) => columns))
    for (const column of table.columns.filter(({ name }) => !taken.has(name))) {
      const guess = pickTarget(db, table, column, candidates(table, column, byColumn, byTable))
      if (guess) table.foreignKeys.push(guess)
    }
  }
}

type Key = { table: Table; column: Column; stem: string }

function keysOf(db: Database, table: Table): Key[] {
  const declared = [table.primaryKey, ...table.uniqueKeys].flatMap((key) => (key.length === 1 ? key : []))
  const names = declared.length > 0 ? declared : undeclaredKey(db, table)
  const stem = singular(compact(table.name))
  return table.columns.filter(({ name }) => names.includes(name)).map((column) => ({ table, column, stem }))
}

// Without any declared key (CSV, careless schemas) the first column will do if its name says so and its values are
// distinct.
function undeclaredKey(db: Database, table: Table): string[] {
  const first = table.columns[0]
  const looksLikeKey = first && keyWords.test(splitWords(first.name))
  if (!looksLikeKey || table.primaryKey.length > 0 || !table.rowCount || table.rowCount > maxCheckedRows) return []
  const name = quoteName(first.name)
  const sql = `SELECT count(DISTINCT ${name}) = count(*) FROM main.${quoteName(table.name)}`
  return db.prepare(sql).pluck().safeIntegers(false).get() === 1 ? [first.name] : []
}

const keyWords = /\b(id|code|key|no|nr|number)$/
const maxCheckedRows = 100_000
const maxCheckedValues = 200

function candidates(table: Table, column: Column, byColumn: Map<string, Key[]>, byTable: Map<string, Key[]>): Key[] {
  const name = compact(column.name)
  const isOwnKey = table.primaryKey.length === 1 && table.primaryKey[0] === column.name
  if (isOwnKey || plainKeyNames.has(name)) return []
  const sameName = (byColumn.get(name) ?? []).filter((key) => key.column !== column)
  const pointing = [...byTable].flatMap(([stem, keys]) =>
    name.startsWith(stem) && stem.length > 1 ? keys.filter((key) => name === stem + compact(key.column.name)) : [],
  )
  const others = [...new Set([...pointing, ...sameName])].filter(
    (key) => key.table !== table && sameKind(key.column, column),
  )
  const named = others.filter(({ stem }) => name.startsWith(stem))
  return named.length > 0 ? named : others
}

// Every other table has one of these: they name no table.
const plainKeyNames = new Set([
  'id',
  'key',
  'code',
  'no',
  'nr',
  'number',
  'name',
  'type',
  'uuid',
  'guid',
  'index',
  'rowid',
])

function pickTarget(db: Database, table: Table, column: Column, keys: Key[]): ForeignKey | undefined {
  const fitting = keys.filter((key) => isContained(db, table, column, key))
  const [only] = fitting
  if (fitting.length !== 1 || !only) return undefined
  return { columns: [column.name], references: { table: only.table.name, columns: [only.column.name] }, guessed: true }
}

function sameKind(a: Column, b: Column): boolean {
  const kind = ({ type, values }: Column) =>
    values.length > 0 ? typeof values[0] === 'string' : /CHAR|CLOB|TEXT/i.test(type)
  return kind(a) === kind(b)
}

function isContained(db: Database, table: Table, column: Column, key: Key): boolean {
  // Between two empty tables the names must do.
  if (table.rowCount === 0) return key.table.rowCount === 0
  if (key.table.rowCount === null || table.rowCount === null) return false
  const [own, other] = [quoteName(column.name), quoteName(key.column.name)]
  const some = `SELECT ${own} AS value FROM main.${quoteName(table.name)} LIMIT ${maxCheckedRows}`
  const values = `SELECT DISTINCT value FROM (${some}) WHERE value IS NOT NULL LIMIT ${maxCheckedValues}`
  const known = `SELECT ${other} FROM main.${quoteName(key.table.name)}`
  const sql = `SELECT count(*), total((value IN (${known})) IS NOT 1) FROM (${values})`
  const [distinct, missing] = db.prepare(sql).raw().safeIntegers(false).get() as [number, number]
  return distinct > 0 && missing === 0
}

function compact(name: string): string {
  return splitWords(name).replaceAll(' ', '')
}

function singular(name: string): string {
  if (name.endsWith('ies') && name.length > 4) return `${name.slice(0, -3)}y`
  if (/(ss|x|z|ch|sh)es$/.test(name)) return name.slice(0, -2)
  return name.endsWith('s') && !name.endsWith('ss') && name.length > 3 ? name.slice(0, -1) : name
}

function groupBy(keys: Key[], groupOf: (key: Key) => string): Map<string, Key[]> {
  const groups = new Map<string, Key[]>()
  for (const key of keys) groups.set(groupOf(key), [...(groups.get(groupOf(key)) ?? []), key])
  return groups
}
