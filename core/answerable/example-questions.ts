import type { Column, Schema, Table } from '#databases/schema/schema.ts'
import { humanName } from '../format/human-name.ts'
import { isKey } from '../sql/is-key.ts'

const MOST_EXAMPLES = 4

/** Questions that a database can answer, made from its schema for somebody who has never seen it: a count, a period, a grouping, a top. */
export function exampleQuestions(schema: Pick<Schema, 'tables'>, now = new Date()): string[] {
  const telling = schema.tables.filter(
    (table) => table.kind === 'table' && (table.rowCount ?? 0) > 0 && !isJoinTable(table),
  )
  // Views, and tables that are empty still, can be counted at least.
  const tables = (telling.length > 0 ? telling : [...schema.tables]).sort(
    (one, other) => (other.rowCount ?? 0) - (one.rowCount ?? 0),
  )
  const found = [
    ...tables.slice(0, 1).map((table) => `How many ${humanName(table.name)} are there?`),
    ...firstOf(tables, (table) => overTime(table, now.getFullYear())),
    ...firstOf(tables, byGroup),
    ...firstOf(tables, (table) => topOf(table, schema)),
    ...tables.slice(1, MOST_EXAMPLES).map((table) => `How many ${humanName(table.name)} are there?`),
  ]
  return [...new Set(found)].slice(0, MOST_EXAMPLES)
}

/** A table that only ties others together makes odd questions. */
function isJoinTable(table: Table): boolean {
  return table.foreignKeys.length > 1 && table.columns.length <= table.foreignKeys.length + 2
}

function firstOf(tables: Table[], ask: (table: Table) => string | null): string[] {
  for (const table of tables) {
    const question = ask(table)
    if (question) return [question]
  }
  return []
}

function overTime(table: Table, thisYear: number): string | null {
  const dated = table.columns.find((column) => column.dateFormat === 'date' || column.dateFormat === 'datetime')
  if (!dated) return null
  // Data that end earlier have nothing to say of this year.
  const isUpToDate = Number(String(dated.range?.max ?? '').slice(0, 4)) >= thisYear
  return `How many ${humanName(table.name)} per ${isUpToDate ? 'month this year' : 'year'}?`
}

function byGroup(table: Table): string | null {
  const column = table.columns.find((one) => isCategory(one, table))
  return column ? `How many ${humanName(table.name)} per ${humanName(column.name)}?` : null
}

function isCategory(column: Column, table: Table): boolean {
  const texts = column.values.every((value) => typeof value === 'string' && value.length < 30)
  const isFew = column.values.length > 1 && column.values.length <= 12
  // Groups of one row each are no groups.
  const repeats = column.values.length * 2 <= (table.rowCount ?? 0)
  return !isKey(table, column.name) && !column.dateFormat && column.valuesComplete && texts && isFew && repeats
}

function topOf(table: Table, schema: Pick<Schema, 'tables'>): string | null {
  const target = table.foreignKeys[0]?.references.table
  const parent = schema.tables.find((one) => one.name === target)
  const named = parent?.columns.some((column) => /name|title/i.test(column.name))
  return parent && named ? `Which 5 ${humanName(parent.name)} have the most ${humanName(table.name)}?` : null
}
