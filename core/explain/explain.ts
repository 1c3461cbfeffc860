import { parseQuery } from '#databases/gate/parse-query.ts'
import { type Expression, type NamedQuery, type Query, type Select, type Source, visit } from '#databases/gate/query.ts'
import type { Schema, Table } from '#databases/schema/schema.ts'
import type { Explanation, ResolvedPeriod } from '../answer.ts'
import { plainText } from '../format/plain-text.ts'
import { flatten, outputColumns, tableOf } from '../sql/query-scope.ts'
import { createVoice } from './create-voice.ts'
import { sayQuery } from './say-query.ts'
import { usesPeriod } from './uses-period.ts'
import type { Facts } from './voice.ts'

export type ExplainOptions = {
  sql: string
  schema: Schema
  periods: ResolvedPeriod[]
  locale: string
  timeZone?: string
}

/** A summary longer than this helps nobody; the conditions are listed beside it. */
const LONGEST_SUMMARY = 1500

/**
 * What an SQL query computes, in words for a person who knows no SQL, derived from the SQL alone. `periods` are those
 * of the question; the explanation holds the ones that the SQL really asks for. What cannot be put into words is said
 * in general terms, never guessed. Names and values come as plain text on one line. Never throws for SQL it cannot read.
 */
export function explain({ sql, schema, periods, locale, timeZone = 'UTC' }: ExplainOptions): Explanation {
  const parsed = parseQuery(sql)
  if (!parsed.ok)
    return { summary: 'Runs the SQL shown, which could not be put into words.', tables: [], filters: [], periods: [] }
  const { query } = parsed
  const inside = namedQueries(query)
  const named = new Set(inside.map(({ name }) => name.toLowerCase()))
  const stored = schema.tables.filter(({ name }) => !named.has(name.toLowerCase()))
  const visible = { ...schema, tables: [...stored, ...inside.flatMap(asTable)] }
  const filters = new Set<string>()
  const facts: Facts = {
    schema: visible,
    periods,
    locale,
    timeZone,
    framed: /\b(?:rows|range|groups)\s+(?:between|unbounded|current|\d)/i.test(sql),
    escapes: /\bescape\b/i.test(sql),
    fractions: /\d\.|\.\d/.test(sql),
  }
  const summary = sayQuery(
    createVoice(facts, (filter) => filters.add(filter)),
    query,
  )
  const tables = tablesOf(query, named, schema)
  return {
    summary: summary.length > LONGEST_SUMMARY ? general(tables, filters.size) : summary,
    tables,
    filters: [...filters],
    periods: periods.filter((period) => usesPeriod(query, period)),
  }
}

function general(tables: string[], filters: number): string {
  const conditions = filters > 0 ? ` under ${filters} ${filters === 1 ? 'condition' : 'conditions'}` : ''
  return `Runs a long query on ${tables.join(', ') || 'no table'}${conditions}; see the SQL for what it computes.`
}

function namedQueries(query: Query): NamedQuery[] {
  const inner = [...visit(query)].flatMap((node) => ('query' in node && node.query ? namedQueries(node.query) : []))
  return [...query.with.flatMap((named) => [named, ...namedQueries(named.query)]), ...inner]
}

/** A query of a WITH clause as a table, where the names of its columns are known. */
function asTable({ name, columns, query }: NamedQuery): Table[] {
  const names = columns.length > 0 ? columns : outputColumns(query)
  if (!names) return []
  return [
    {
      name,
      kind: 'view',
      columns: names.map((column) => ({ name: column, type: '', notNull: false, values: [], valuesComplete: false })),
      primaryKey: [],
      foreignKeys: [],
      uniqueKeys: [],
      indexes: [],
      rowCount: null,
    },
  ]
}

function tablesOf(query: Query, named: Set<string>, schema: Schema): string[] {
  const names = [...visit(query)].flatMap((node) => (isSelect(node) ? node.from.flatMap(tableNames) : inTable(node)))
  const known = names
    .filter((name) => !named.has(name.toLowerCase()))
    .map((name) => tableOf(name, schema)?.name ?? name)
  return [...new Set(known)].map((name) => plainText(name))
}

function isSelect(node: Expression | Select): node is Select {
  return node.kind === 'select'
}

function tableNames(source: Source): string[] {
  return flatten(source).flatMap((one) => (one.kind === 'table' ? [one.name] : []))
}

function inTable(node: Expression): string[] {
  return node.kind === 'in' && node.table ? [node.table] : []
}
