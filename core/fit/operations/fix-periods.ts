import type { Schema } from '#databases/schema/schema.ts'
import type { PeriodHint } from '../../linking/link-periods.ts'
import { COLUMN, dateFormatOf } from '../../sql/date-format-of.ts'

/**
 * Mends how a query writes a period that it was given: a month's name compared with a day (`strftime('%Y-%m', d) >= '2026-10-01'` misses the
 * month's first days), an end that is a day or two off where the beginning is right, and a whole day compared with a date that has a time
 * (`created_at <= '2026-10-31'` misses all of that day but its first moment).
 */
export function fixPeriods(sql: string, periods: PeriodHint[], schema: Schema): string {
  const withDays = sql.replace(MONTH_AS_DAY, (_, opening: string, column: string, more: string, at: number) =>
    more === '' && dateFormatOf(at + opening.length, sql, schema) === 'date'
      ? column
      : `strftime('%Y-%m-%d', ${column}${more})`,
  )
  return periods
    .map(({ period }) => ({ start: wholeDay(period.start), end: wholeDay(period.end) }))
    .reduce((text, { start, end }) => {
      const formatOf: FormatOf = (value, at, written) =>
        value.endsWith(')') ? 'date' : dateFormatOf(at, written, schema)
      const mended = start && end ? fixEnd(text, start, end, formatOf) : text
      return fixWholeDays(mended, start, end, formatOf)
    }, withDays)
}

const MONTH_AS_DAY = new RegExp(
  String.raw`(\bstrftime\(\s*'%Y-%m(?:-%d)?'\s*,\s*)(${COLUMN})((?:\s*/\s*1000)?(?:\s*,[^()]*)?)\s*\)(?=\s*(?:>=|<=|<|>)\s*'\d{4}-\d\d-\d\d')`,
  'gi',
)

/** A column, or the day of one. */
const VALUE = String.raw`strftime\(\s*'%Y-%m-%d'\s*,[^()]*\)|\bdate\([^()]*\)|${COLUMN}`
const DAY = String.raw`'(\d{4}-\d\d-\d\d)'`

/** Of a value that stands at a position of a query. */
type FormatOf = (value: string, at: number, sql: string) => ReturnType<typeof dateFormatOf>

/** `>= start AND < end` and BETWEEN, where the end is not the period's. */
function fixEnd(sql: string, start: string, end: string, formatOf: FormatOf): string {
  const range = new RegExp(String.raw`(${VALUE})(\s*>=\s*'${start}'\s+AND\s+)\1\s*(<=?)\s*${DAY}`, 'gi')
  const between = new RegExp(String.raw`(${VALUE})\s+BETWEEN\s+'${start}'\s+AND\s+${DAY}`, 'gi')
  const isRight = (format: ReturnType<FormatOf>, written: string, isIncluded: boolean) => {
    const days = daysBetween(written, end)
    return Math.abs(days) > MOST_DAYS_OFF || (isIncluded && days === 1 && format !== 'datetime')
  }
  return sql
    .replace(
      range,
      (all, value: string, begins: string, operator: string, written: string, at: number, text: string) =>
        isRight(formatOf(value, at, text), written, operator === '<=') ? all : `${value}${begins}${value} < '${end}'`,
    )
    .replace(between, (all, value: string, written: string, at: number, text: string) =>
      isRight(formatOf(value, at, text), written, true) ? all : `(${value} >= '${start}' AND ${value} < '${end}')`,
    )
}

const MOST_DAYS_OFF = 3

/** "until 31 October", "after 31 October" and "on 31 October" where a column has times of the day. */
function fixWholeDays(sql: string, start: string | null, end: string | null, formatOf: FormatOf): string {
  const compared = new RegExp(String.raw`(${VALUE})\s*(<=|>|=)\s*${DAY}`, 'gi')
  return sql.replace(compared, (all, value: string, operator: string, written: string, at: number) => {
    if (formatOf(value, at, sql) !== 'datetime') return all
    const isLast = isDayBefore(written, end)
    if (isLast && operator === '<=') return `${value} < '${end}'`
    if (isLast && operator === '=' && written === start) return `(${value} >= '${start}' AND ${value} < '${end}')`
    return operator === '>' && isDayBefore(written, start) ? `${value} >= '${start}'` : all
  })
}

function isDayBefore(day: string, next: string | null): boolean {
  return next !== null && daysBetween(day, next) === 1
}

function daysBetween(one: string, other: string): number {
  return (Date.parse(other) - Date.parse(one)) / DAY_MS
}

const DAY_MS = 86_400_000

/** The day that a moment begins; null for a time of the day, and for a period's open end. */
function wholeDay(moment: string): string | null {
  const isOpen = moment.startsWith('0001') || moment.startsWith('9999')
  return !isOpen && moment.slice(11, 19) === '00:00:00' ? moment.slice(0, 10) : null
}
