import type { Rows } from '#databases/sandbox/query-outcome.ts'
import type { PeriodHint } from '../linking/link-periods.ts'
import type { UnknownName } from '../names/fix-names.ts'
import { tokenizeSql } from '../names/tokenize-sql.ts'
import type { Attempt } from '../trace.ts'
import type { UnknownValue } from '../values/fix-literals.ts'

/** What is wrong with an attempt, or looks wrong. */
export type Doubt =
  | { kind: 'failed'; message: string; unknown: UnknownName[] }
  | { kind: 'period-ignored'; hint: PeriodHint }
  | { kind: 'unknown-value'; value: UnknownValue }
  | { kind: 'empty' }

/** An attempt with what the checks of its names and values found. */
export type CheckedAttempt = { attempt: Attempt; unknownNames: UnknownName[]; unknownValues: UnknownValue[] }

/** The gravest reason to mistrust an attempt; null where it looks sound. */
export function findDoubt(checked: CheckedAttempt, periods: PeriodHint[]): Doubt | null {
  const { outcome, candidate } = checked.attempt
  if (outcome.kind !== 'rows') return { kind: 'failed', message: outcome.message, unknown: checked.unknownNames }
  const ignored = periods.find((hint) => !filtersByDate(candidate.sql, hint))
  if (ignored) return { kind: 'period-ignored', hint: ignored }
  if (!isEmpty(outcome)) return null
  const [value] = checked.unknownValues
  if (value) return { kind: 'unknown-value', value }
  return candidate.sql.match(/\bWHERE\b|\bHAVING\b|\bJOIN\b/i) ? { kind: 'empty' } : null
}

/** No rows, or a single row that says nothing, as sum() over no rows gives. */
export function isEmpty({ rows }: Rows): boolean {
  return rows.length === 0 || (rows.length === 1 && (rows[0] ?? []).every((cell) => cell === null))
}

/** Whether a literal of the period's conditions is in the query, or a date function that may say the same. */
function filtersByDate(sql: string, { conditions }: PeriodHint): boolean {
  const used = new Set(tokenizeSql(sql).map((token) => token.text))
  const bounds = conditions.flatMap((condition) =>
    tokenizeSql(condition).filter((token) => token.kind === 'string' || token.kind === 'number'),
  )
  return bounds.some((bound) => used.has(bound.text)) || /\b(?:date|datetime|strftime|julianday)\s*\(/i.test(sql)
}
