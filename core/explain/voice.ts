import type { Expression, Query } from '#databases/gate/query.ts'
import type { Schema } from '#databases/schema/schema.ts'
import type { ResolvedPeriod } from '../answer.ts'
import type { QueryScope } from '../sql/query-scope.ts'

/** What an explanation goes by: the schema, and how the asker writes dates and numbers. */
export type Facts = {
  schema: Schema
  periods: ResolvedPeriod[]
  locale: string
  timeZone: string
  /** True where a window says which rows around the current one it takes (ROWS BETWEEN …). */
  framed: boolean
  /** True where a LIKE has an escape character, so that its % and _ may stand for themselves. */
  escapes: boolean
  /** True where a number is written with a decimal point, which makes a division exact. */
  fractions: boolean
}

/** The facts, with the words for what is nested: every part of an explanation is said through it. */
export type Voice = Facts & {
  /** A noun phrase: "the total of amount". */
  value: (expression: Expression, scope: QueryScope) => string
  /** A clause without its "where": "status is 'paid'". */
  condition: (expression: Expression, scope: QueryScope) => string
  /** A noun phrase for what a query gives: "customer id from orders where …". */
  rows: (query: Query, outer: QueryScope) => string
  /** Only the rows that a query reads: "orders where …", leaving out some conditions that were said before. */
  source: (query: Query, outer: QueryScope, said: Expression[]) => string
  /** Told of every condition that decides about the answer's rows. */
  note: (filter: string) => void
  /** The same voice for what is said inside another phrase, which notes nothing. */
  quiet: () => Voice
}

/** "a", "a and b", "a, b and c". */
export function listed(parts: string[], word: 'and' | 'or' = 'and'): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${word} ${last}`
}
