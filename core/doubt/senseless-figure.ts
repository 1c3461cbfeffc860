import { parseQuery } from '#databases/gate/parse-query.ts'
import { type Expression, type Query, type Select, selectsOf, within } from '#databases/gate/query.ts'
import type { Schema } from '#databases/schema/schema.ts'
import { humanName } from '../format/human-name.ts'
import { columnOf, type QueryScope, scopeOf } from '../sql/query-scope.ts'

/** A figure that says nothing: dates added up as if they were numbers, or something divided by itself. */
export type SenselessFigure = { kind: 'dates-summed'; column: string } | { kind: 'divided-by-itself' }

/** The first figure of a query that says nothing; undefined where there is none, or where the query cannot be read. */
export function senselessFigure(sql: string, schema: Schema): SenselessFigure | undefined {
  const parsed = parseQuery(sql)
  if (!parsed.ok) return undefined
  const { query } = parsed
  for (const select of selectsOf(query)) {
    const scope = scopeOf(select.from, select.items, null, schema)
    for (const figure of figuresOf(select, query)) {
      const found = datesSummed(figure, scope) ?? dividedByItself(figure)
      if (found) return found
    }
  }
  return undefined
}

function figuresOf(select: Select, query: Query): Expression[] {
  const sorted = select === query.body ? query.orderBy : []
  return [...select.items, ...sorted].flatMap(({ expression }) => within(expression))
}

/** What takes every value for an amount. */
export const ADDING = new Set(['avg', 'sum', 'total'])

/** SQLite takes of the text '2026-11-28' the number that it begins with: the year. Seconds since 1970 have a mean. */
function datesSummed(figure: Expression, scope: QueryScope): SenselessFigure | undefined {
  if (figure.kind !== 'call' || !ADDING.has(figure.name)) return undefined
  const [argument] = figure.args
  const column = argument ? columnOf(argument, scope) : null
  const isDate = column?.dateFormat === 'date' || column?.dateFormat === 'datetime'
  return isDate ? { kind: 'dates-summed', column: humanName(column.name) } : undefined
}

function dividedByItself(figure: Expression): SenselessFigure | undefined {
  if (figure.kind !== 'arithmetic' || figure.operator !== '/') return undefined
  const { left, right } = figure
  const isSame = left.kind === 'call' && JSON.stringify(left, withoutPlaces) === JSON.stringify(right, withoutPlaces)
  return isSame ? { kind: 'divided-by-itself' } : undefined
}

/** Where in the text it stands makes no difference. */
function withoutPlaces(key: string, value: unknown): unknown {
  return key === 'start' || key === 'end' ? undefined : typeof value === 'bigint' ? `${value}n` : value
}
