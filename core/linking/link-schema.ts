import MiniSearch from 'minisearch'
import type { Column, Schema, Table } from '#databases/schema/schema.ts'
import { type SchemaNames, schemaNames } from '../sql/schema-names.ts'
import { words } from '../words/split-words.ts'

/** Tokens that the schema may take: up to `whole` it stays as it is, and is kept from question to question; above, it is cut to `cut`. */
export type SchemaBudget = { whole: number; cut: number; tokensOf: (schema: Schema) => number }

/** Columns of a table that stay even when nothing in the question names them. */
const COLUMNS_UNASKED = 4

/**
 * The part of a schema that a question needs. A schema within the budget stays whole; else tables and columns are ranked (BM25 over names,
 * comments and values), and the best are taken with their keys and with the tables in between, so that joins stay possible.
 */
export function linkSchema(question: string, schema: Schema, budget: SchemaBudget): Schema {
  if (budget.tokensOf(schema) <= budget.whole) return schema
  const scores = scoreColumns(question, schema)
  const ranked = schema.tables
    .map((table) => ({ table, score: tableScore(table, scores) }))
    .sort((one, other) => other.score - one.score)
  const tokens = new Map(
    schema.tables.map((table) => [table.name, budget.tokensOf({ ...schema, tables: [trim(table, scores)] })]),
  )
  const names = schemaNames(schema)
  const chosen = new Set<string>()
  let left = budget.cut
  for (const { table } of ranked) {
    const needed = withTablesBetween(table, chosen, names).filter((name) => !chosen.has(name))
    const cost = needed.reduce((sum, name) => sum + (tokens.get(name) ?? 0), 0)
    if (cost > left && chosen.size > 0) continue
    left -= cost
    for (const name of needed) chosen.add(name)
  }
  const tables = schema.tables.filter((table) => chosen.has(table.name)).map((table) => trim(table, scores))
  return { ...schema, tables: tables.map((table) => withoutDanglingKeys(table, chosen)) }
}

type Scores = Map<string, number>

function scoreColumns(question: string, schema: Schema): Scores {
  const index = new MiniSearch({
    fields: ['table', 'column', 'comment', 'values'],
    tokenize: words,
    processTerm: (term) => (STOP_WORDS.has(term) ? null : term),
  })
  const documents = schema.tables.flatMap((table) =>
    table.columns.map((column) => ({
      id: key(table.name, column.name),
      table: table.name,
      column: column.name,
      comment: `${table.comment ?? ''} ${column.comment ?? ''}`,
      values: column.values.filter((value) => typeof value === 'string').join(' '),
    })),
  )
  index.addAll(documents)
  const found = index.search(question, {
    boost: { table: 3, column: 2 },
    prefix: (term) => term.length > 3,
    fuzzy: 0.2,
  })
  return new Map(found.map((result) => [String(result.id), result.score]))
}

function tableScore(table: Table, scores: Scores): number {
  const own = table.columns
    .map((column) => scores.get(key(table.name, column.name)) ?? 0)
    .sort((one, other) => other - one)
  // The best few columns speak for a table; a wide one must not win by its width.
  return own.slice(0, 3).reduce((sum, score, index) => sum + score / (index + 1), 0)
}

function withTablesBetween(table: Table, chosen: Set<string>, names: SchemaNames): string[] {
  if (chosen.size === 0) return [table.name]
  const path = names.path([...chosen], table.name)
  return path && path.length <= 3 ? path.map((link) => link.to.table) : [table.name]
}

/** Keeps keys, dates and what the question names; of the rest the first few. */
function trim(table: Table, scores: Scores): Table {
  const keys = new Set([...table.primaryKey, ...table.foreignKeys.flatMap((foreign) => foreign.columns)])
  const isNeeded = (column: Column) => keys.has(column.name) || (scores.get(key(table.name, column.name)) ?? 0) > 0
  const best = [...table.columns]
    .filter(isNeeded)
    .sort((one, other) => (scores.get(key(table.name, other.name)) ?? 0) - (scores.get(key(table.name, one.name)) ?? 0))
    .slice(0, 16)
  const others = table.columns.filter((column) => !best.includes(column)).slice(0, COLUMNS_UNASKED)
  const kept = new Set([...best, ...others].map((column) => column.name))
  for (const name of keys) kept.add(name)
  return { ...table, columns: table.columns.filter((column) => kept.has(column.name)) }
}

function withoutDanglingKeys(table: Table, chosen: Set<string>): Table {
  return { ...table, foreignKeys: table.foreignKeys.filter((foreign) => chosen.has(foreign.references.table)) }
}

function key(table: string, column: string): string {
  return `${table}\u0000${column}`
}

/** Words that say how to answer, not what about. */
const STOP_WORDS = new Set(
  `a an and are as at be by did do does each every find for from give had has have how i in is it its list many me most much my of on or
  please show tell than that the their them there these they this those to was we were what when where which who whose will with you`.split(
    /\s+/,
  ),
)
