import { parseQuery } from '#databases/gate/parse-query.ts'
import type { Schema } from '#databases/schema/schema.ts'
import { overlookedAttribute } from '../answerable/unused-attributes.ts'
import { usesPeriod } from '../explain/uses-period.ts'
import { oddJoin } from '../fit/joins/mend-joins.ts'
import { oddMembership } from '../fit/joins/mend-memberships.ts'
import type { UnknownName } from '../fit/names/fix-names.ts'
import { unaskedInFigure, unaskedOf } from '../fit/unasked/drop-unasked.ts'
import { unaskedJoin } from '../fit/unasked/unasked-join.ts'
import type { UnknownValue } from '../fit/values/fix-literals.ts'
import type { PeriodHint } from '../linking/link-periods.ts'
import type { ValueHint } from '../linking/link-values.ts'
import { isEmpty } from '../ran.ts'
import type { SchemaNames } from '../sql/schema-names.ts'
import { literalsOf } from '../sql/tokenize-sql.ts'
import type { Attempt } from '../trace.ts'
import { type IgnoredOperation, ignoredOperation } from './ignored-operation.ts'
import { ignoredTable } from './ignored-table.ts'
import { ignoredValue } from './ignored-value.ts'
import { inventedNumber } from './invented-number.ts'
import { type MisplacedPeriod, misplacedPeriod } from './misplaced-period.ts'
import { type RepeatedRows, repeatedRows, SUMS } from './repeated-rows.ts'
import { type SenselessFigure, senselessFigure } from './senseless-figure.ts'
import { unaskedRange } from './unasked-range.ts'

/** What is wrong with an attempt, or looks wrong. */
export type Doubt =
  | { kind: 'failed'; message: string; unknown: UnknownName[] }
  | { kind: 'period-ignored'; hint: PeriodHint }
  | { kind: 'period-misplaced'; misplaced: MisplacedPeriod }
  | { kind: 'number-ignored'; number: string }
  | { kind: 'value-ignored'; hint: ValueHint }
  | { kind: 'operation-ignored'; operation: IgnoredOperation }
  | { kind: 'attribute-ignored'; word: string }
  | { kind: 'number-invented'; number: string }
  | { kind: 'figure-senseless'; figure: SenselessFigure }
  | { kind: 'text-invented'; text: string }
  | { kind: 'range-unasked'; range: string }
  | { kind: 'odd-join'; join: string }
  | { kind: 'rows-repeated'; rows: RepeatedRows }
  | { kind: 'table-ignored'; table: string }
  | { kind: 'join-unasked'; table: string }
  | { kind: 'unknown-value'; value: UnknownValue }
  | { kind: 'empty' }

/** An attempt with what the checks of its names and values found. */
type Checks = { attempt: Attempt; unknownNames: UnknownName[]; unknownValues: UnknownValue[] }

/** The same with what speaks against it; null where it looks sound. */
export type CheckedAttempt = Checks & { doubt: Doubt | null }

/** What an attempt is held against: the question and what was found for it; `asked` are all texts that may call for a part of the query. */
export type Expected = {
  question: string
  asked: string[]
  periods: PeriodHint[]
  values: ValueHint[]
  schema: Schema
  /** Those of the schema. */
  names: SchemaNames
}

/** The gravest reason to mistrust an attempt at a question; null where it looks sound. */
export function findDoubt(checked: Checks, expected: Expected): Doubt | null {
  const { outcome, candidate } = checked.attempt
  if (outcome.kind !== 'rows') return { kind: 'failed', message: outcome.message, unknown: checked.unknownNames }
  const doubt = doubtOfSql(candidate.sql, expected)
  if (doubt) return doubt
  const missing = checked.unknownValues.map((one) => one.value)
  const text = unaskedOf(missing, expected.asked)
  if (text) return { kind: 'text-invented', text }
  if (!isEmpty(outcome)) return null
  const [value] = checked.unknownValues
  if (value) return { kind: 'unknown-value', value }
  return candidate.sql.match(/\bWHERE\b|\bHAVING\b|\bJOIN\b/i) ? { kind: 'empty' } : null
}

/** An empty result may be the truth: it is worth other tries, and counts when most of them agree. */
export function isSound({ doubt }: CheckedAttempt): boolean {
  return doubt === null || doubt.kind === 'empty'
}

/** What the query says beside what the question says, whatever it found. */
function doubtOfSql(sql: string, { question, asked, periods, values, schema, names }: Expected): Doubt | null {
  const ignored = periods.find((hint) => !filtersByDate(sql, hint))
  if (ignored) return { kind: 'period-ignored', hint: ignored }
  const misplaced = misplacedPeriod(sql, { question, periods, schema, names })
  if (misplaced) return { kind: 'period-misplaced', misplaced }
  const year = yearsOf(question, periods).find((one) => !sql.includes(one))
  if (year) return { kind: 'number-ignored', number: year }
  const hint = ignoredValue(question, sql, values)
  if (hint) return { kind: 'value-ignored', hint }
  const operation = ignoredOperation(question, sql, names)
  if (operation) return { kind: 'operation-ignored', operation }
  const figure = senselessFigure(sql, schema)
  if (figure) return { kind: 'figure-senseless', figure }
  const number = inventedNumber(sql, asked, periods)
  if (number) return { kind: 'number-invented', number }
  const text = unaskedInFigure(sql, asked, schema)
  if (text) return { kind: 'text-invented', text }
  const range = unaskedRange(question, sql, periods)
  if (range) return { kind: 'range-unasked', range }
  const word = overlookedAttribute(question, sql, schema)
  if (word) return { kind: 'attribute-ignored', word }
  const join = oddJoin(sql, names) ?? oddMembership(sql, names)
  if (join) return { kind: 'odd-join', join }
  const rows = repeatedRows(sql, SUMS, { schema, names })
  if (rows) return { kind: 'rows-repeated', rows }
  const table = ignoredTable(question, sql, schema)
  if (table) return { kind: 'table-ignored', table: table.name }
  const joined = unaskedJoin(question, sql)
  return joined ? { kind: 'join-unasked', table: joined } : null
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
  const used = new Set(literalsOf(sql))
  const years = period.text.match(/\b\d{4}\b/g) ?? []
  const bounds = conditions.flatMap(literalsOf)
  return [...years, ...bounds].some((bound) => used.has(bound))
}
