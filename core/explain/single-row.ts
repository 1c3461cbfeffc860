import { parseQuery } from '#databases/gate/parse-query.ts'
import type { Expression, Select } from '#databases/gate/query.ts'
import type { Schema } from '#databases/schema/schema.ts'
import { scopeOf } from '../sql/query-scope.ts'
import { createVoice } from './create-voice.ts'
import { hasAggregate } from './say-items.ts'
import { listed } from './voice.ts'

/** What the columns of a plain SELECT are in words, for a sentence around their values. */
export type RowWords = {
  items: { words: string; isAggregated: boolean; column: string | null; alias: string | null }[]
  /** "orders and customers"; empty without FROM, null where it is no table. */
  sources: string | null
  hasOneSource: boolean
  /** Whether every row of it that meets the conditions is a row of the result. */
  isWhole: boolean
}

/** Null for a query that is no plain SELECT. What it reads is left out where it is no table. */
export function rowWords(sql: string, { locale, timeZone }: { locale: string; timeZone: string }): RowWords | null {
  const parsed = parseQuery(sql)
  if (!parsed.ok || parsed.query.with.length > 0 || parsed.query.body.kind !== 'select') return null
  const select = parsed.query.body
  if (select.groupBy.length > 0) return null
  const isFromTables = select.from.every(({ kind }) => kind === 'table')
  const voice = createVoice(
    { schema: NO_SCHEMA, periods: [], locale, timeZone, ...noTurns, fractions: /\d\.|\.\d/.test(sql) },
    () => undefined,
  )
  const scope = scopeOf(select.from, select.items, null, NO_SCHEMA)
  return {
    items: select.items.map(({ expression, alias }) => ({
      words: voice.value(expression, scope),
      isAggregated: hasAggregate(expression),
      column: valueColumn(expression),
      alias,
    })),
    sources: isFromTables ? listed(scope.sources.map(({ words }) => words)) : null,
    hasOneSource: isFromTables && isSingle(select),
    isWhole: !select.distinct && parsed.query.limit === null && parsed.query.offset === null && select.having === null,
  }
}

const NO_SCHEMA: Schema = { dialect: 'sqlite', tables: [], hash: '', warnings: [] }
const noTurns = { framed: false, escapes: true }

/** The column whose values an expression gives back unchanged: itself, its highest, its lowest. */
function valueColumn(expression: Expression): string | null {
  if (expression.kind === 'column') return expression.name
  const isExtreme = expression.kind === 'call' && (expression.name === 'min' || expression.name === 'max')
  const [first] = isExtreme ? expression.args : []
  return first?.kind === 'column' ? first.name : null
}

function isSingle({ from }: Select): boolean {
  return from.length === 1
}
