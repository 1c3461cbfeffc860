import type { PeriodHint } from '../linking/link-periods.ts'

/**
 * Mends how a query writes a period that it was given: a month's name compared with a day (`strftime('%Y-%m', d) >= '2026-10-01'` misses the
 * month's first days), and an end that is a day or two off where the beginning is right.
 */
export function fixPeriods(sql: string, periods: PeriodHint[]): string {
  const unwrapped = sql.replace(
    /\bstrftime\(\s*'%Y-%m(?:-%d)?'\s*,\s*([\w."]+)\s*\)(\s*(?:>=|<=|<|>)\s*'\d{4}-\d\d-\d\d')/gi,
    '$1$2',
  )
  return periods.reduce((text, { period }) => fixEnd(text, day(period.start), day(period.end)), unwrapped)
}

function fixEnd(sql: string, start: string, end: string): string {
  const pattern = new RegExp(
    `([\\w."]+)(\\s*>=\\s*'${start}'\\s+AND\\s+)\\1(\\s*)(<=?)(\\s*)'(\\d{4}-\\d\\d-\\d\\d)'`,
    'gi',
  )
  return sql.replace(
    pattern,
    (all, column: string, begins: string, gap: string, operator: string, space: string, written: string) => {
      const days = (Date.parse(end) - Date.parse(written)) / DAY_MS
      const last = operator === '<=' && days === 1
      return last || Math.abs(days) > MOST_DAYS_OFF ? all : `${column}${begins}${column}${gap}<${space}'${end}'`
    },
  )
}

const DAY_MS = 86_400_000
const MOST_DAYS_OFF = 3

function day(moment: string): string {
  return moment.slice(0, 10)
}
