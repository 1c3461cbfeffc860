import { parseQuery } from '#databases/gate/parse-query.ts'
import { type Call, conjuncts, flatSources, type Query, type Select, selectsOf, within } from '#databases/gate/query.ts'
import type { Schema, Table } from '#databases/schema/schema.ts'
import { ownerOf, type QueryScope, scopeOf } from '../sql/query-scope.ts'
import type { SchemaNames } from '../sql/schema-names.ts'
import { type Fixed, fixedColumns, repeaterOf, settledSources } from './settled-sources.ts'

/** An aggregate (its name) over rows of `table` that a join repeats, once for each row of `by`. */
export type RepeatedRows = { aggregate: string; table: Table; by: Table }

/** What is hardly meant over repeated rows. Of the 7000 queries written for Spider's train questions 9 do it. */
export const SUMS = ['sum', 'total']

/** What may well be meant over them, as when joined rows are counted by a column of the other table: 35 of the same queries do that. */
export const COUNTS_AND_AVERAGES = ['count', 'avg']

type Known = { schema: Schema; names: SchemaNames }

/**
 * The first of these aggregates of a query that reads repeated rows, known as a fan trap: payments that are joined over their orders with the
 * items of these are there once for each item. Undefined where there is none, or where the schema's keys do not tell.
 */
export function repeatedRows(sql: string, sought: string[], { schema, names }: Known): RepeatedRows | undefined {
  const parsed = parseQuery(sql)
  if (!parsed.ok) return undefined
  const { query } = parsed
  const computed = new Set(query.with.map(({ name }) => name.toLowerCase()))
  for (const select of selectsOf(query)) {
    const sources = flatSources(select.from)
    if (sources.length < 2 || sources.some(({ join }) => join?.natural)) continue
    if (sources.some((one) => one.kind === 'table' && computed.has(one.name.toLowerCase()))) continue
    const scope = scopeOf(select.from, select.items, null, schema)
    const joined = { scope, fixed: fixedColumns(select, scope), names }
    const [found] = aggregates(select, query, sought).flatMap((call) => repeated(call, joined) ?? [])
    if (found) return found
  }
  return undefined
}

/** Of different values only, none is repeated. */
function aggregates(select: Select, query: Query, sought: string[]): Call[] {
  const sorted = select === query.body ? query.orderBy : []
  const results = [...select.items, ...sorted].map(({ expression }) => expression)
  const calls = [...results, ...conjuncts(select.having)].flatMap(within).filter((one) => one.kind === 'call')
  return calls.filter(({ name, aggregate, distinct }) => aggregate && !distinct && sought.includes(name))
}

type Joined = { scope: QueryScope; fixed: Fixed[]; names: SchemaNames }

function repeated({ name, args }: Call, { scope, fixed, names }: Joined): RepeatedRows | undefined {
  const measured = args.flatMap(within).flatMap((one) => (one.kind === 'column' ? (ownerOf(one, scope) ?? []) : []))
  const [first] = measured
  if (!first?.table) return undefined
  const constant = settledSources([], scope, fixed)
  // Of one row, count() can only mean those that are joined to it, and the average stays what it is.
  if (COUNTS_AND_AVERAGES.includes(name) && measured.every((source) => constant.has(source))) return undefined
  const repeater = repeaterOf(settledSources(measured, scope, fixed), fixed, names)
  return repeater && { aggregate: name, table: first.table, by: repeater.table }
}
