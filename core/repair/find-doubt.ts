import { parseQuery } from '#databases/gate/parse-query.ts'
import { isEmpty } from '../choose/choose-by-vote.ts'
import { usesPeriod } from '../explain/uses-period.ts'
import type { PeriodHint } from '../linking/link-periods.ts'
import type { UnknownName } from '../names/fix-names.ts'
import { type Token, tokenizeSql } from '../names/tokenize-sql.ts'
import type { Attempt } from '../trace.ts'
import type { UnknownValue } from '../values/fix-literals.ts'

/** What is wrong with an attempt, or looks wrong. */
export type Doubt =
  | { kind: 'failed'; message: string; unknown: UnknownName[] }
  | { kind: 'period-ignored'; hint: PeriodHint }
  | { kind: 'number-ignored'; number: string }
  | { kind: 'unknown-value'; value: UnknownValue }
  | { kind: 'empty' }

/** An attempt with what the checks of its names and values found. */
export type CheckedAttempt = { attempt: Attempt; unknownNames: UnknownName[]; unknownValues: UnknownValue[] }

/** The gravest reason to mistrust an attempt at a question; null where it looks sound. */
export function findDoubt(
  checked: CheckedAttempt,
  { text, periods }: { text: string; periods: PeriodHint[] },
): Doubt | null {
  const { outcome, candidate } = checked.attempt
  if (outcome.kind !== 'rows') return { kind: 'failed', message: outcome.message, unknown: checked.unknownNames }
  const ignored = periods.find((hint) => !filtersByDate(candidate.sql, hint))
  if (ignored) return { kind: 'period-ignored', hint: ignored }
  const number = yearsOf(text, periods).find((year) => !candidate.sql.includes(year))
  if (number) return { kind: 'number-ignored', number }
  if (!isEmpty(outcome)) return null
  const [value] = checked.unknownValues
  if (value) return { kind: 'unknown-value', value }
  return candidate.sql.match(/\bWHERE\b|\bHAVING\b|\bJOIN\b/i) ? { kind: 'empty' } : null
}

/** Years that a question names, but for those in periods, which stand in a query as dates. Other numbers may be written in many ways. */
function yearsOf(text: string, periods: PeriodHint[]): string[] {
  const inPeriods = periods.map(({ period }) => period.text).join(' ')
  const years = text.match(/(?<![\w.,-])(?:1[5-9]|20)\d\d(?![\w,-]|\.\d)/g) ?? []
  return years.filter((year) => !inPeriods.includes(year))
}

/** Whether the query asks for the period: its bounds, or a year that the question names. */
function filtersByDate(sql: string, { period, conditions }: PeriodHint): boolean {
  const parsed = parseQuery(sql)
  if (parsed.ok && usesPeriod(parsed.query, period)) return true
  const used = new Set(tokenizeSql(sql).flatMap((token) => (isLiteral(token) ? [token.name] : [])))
  const years = period.text.match(/\b\d{4}\b/g) ?? []
  const bounds = conditions.flatMap((condition) => tokenizeSql(condition).filter(isLiteral)).map((token) => token.name)
  return [...years, ...bounds].some((bound) => used.has(bound))
}

function isLiteral(token: Token): boolean {
  return token.kind === 'string' || token.kind === 'number'
}
