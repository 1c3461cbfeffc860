import { describe, expect, it } from 'vitest'
import { findPeriods } from './find-periods.ts'
import { type DateFormat, periodBounds, withinPeriod } from './period-bounds.ts'

const timeZone = 'Europe/Berlin'

function period(question: string) {
  const options = { now: new Date('2026-11-21T10:30:00Z'), timeZone, weekStart: 'monday' as const, locale: 'en-GB' }
  const [found] = findPeriods(question, options)
  if (!found) throw new Error(`No period in "${question}"`)
  return found
}

describe('periodBounds', () => {
  it.each<[string, DateFormat, string | null, string | null, boolean]>([
    ['last week', 'date', "'2026-11-09'", "'2026-11-16'", true],
    ['last week', 'datetime', "'2026-11-09'", "'2026-11-16'", true],
    ['last week', 'epoch-seconds', '1794178800', '1794783600', true],
    ['last week', 'epoch-milliseconds', '1794178800000', '1794783600000', true],
    ['last week', 'year', '2026', '2027', false],
    ['last year', 'year', '2025', '2026', true],
    ['since 2019', 'year', '2019', '2027', false],
    ['in the 90s', 'year', '1990', '2000', true],
    ['since 9am', 'datetime', "'2026-11-21 09:00:00'", "'2026-11-22'", true],
    ['since 9am', 'date', "'2026-11-21'", "'2026-11-22'", false],
    ['before March', 'date', null, "'2026-03-01'", true],
    ['after 1 May', 'date', "'2026-05-02'", null, true],
    // Clocks go back on the 25th: the month has an hour more than its 31 days.
    ['in October', 'epoch-seconds', '1790805600', '1793487600', true],
  ])('gives "%s" for %s', (question, format, start, end, exact) => {
    expect(periodBounds(period(question), format)).toEqual({ start, end, exact })
  })
})

it('ends at the right day where clocks go forward at midnight', () => {
  const now = new Date('2026-04-24T09:00:00Z')
  const [yesterday] = findPeriods('yesterday', { now, timeZone: 'Africa/Cairo', weekStart: 'monday' })
  const limits = yesterday ?? { start: '', end: '' }
  expect(periodBounds(limits, 'date')).toEqual({ start: "'2026-04-23'", end: "'2026-04-24'", exact: true })
  expect(periodBounds(limits, 'datetime')).toMatchObject({ start: "'2026-04-23'", end: "'2026-04-24'" })
  expect(periodBounds(limits, 'epoch-seconds')).toMatchObject({ start: '1776895200', end: '1776981600' })
})

describe('withinPeriod', () => {
  it.each<[string, string, DateFormat, string]>([
    ['last week', 'order_date', 'date', "order_date >= '2026-11-09' AND order_date < '2026-11-16'"],
    ['last week', '"Order Date"', 'datetime', `"Order Date" >= '2026-11-09' AND "Order Date" < '2026-11-16'`],
    ['before March', 'o.paid_at', 'epoch-seconds', 'o.paid_at < 1772319600'],
    ['since 9am', 'at', 'datetime', "datetime(at) >= '2026-11-21 09:00:00' AND datetime(at) < '2026-11-22'"],
    ['in 2024', 'year', 'year', 'year >= 2024 AND year < 2025'],
  ])('asks for "%s" in %s', (question, column, format, expected) => {
    expect(withinPeriod(column, period(question), format)).toBe(expected)
  })
})
