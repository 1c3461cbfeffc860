import { describe, expect, it } from 'vitest'
import type { ClockOptions } from './clock.ts'
import { findPeriods } from './find-periods.ts'
import { expressions, withoutPeriods } from './testing/expressions.ts'

/** A Saturday, the 21st of November, at half past ten in London. */
const clock: ClockOptions = {
  now: new Date('2026-11-21T10:30:00Z'),
  timeZone: 'Europe/London',
  weekStart: 'monday',
  locale: 'en-GB',
}

/** "text: start end", the end excluded, midnights as plain dates. */
function read(question: string, changes: Partial<ClockOptions> = {}): string[] {
  return findPeriods(question, { ...clock, ...changes }).map(
    ({ text, start, end }) => `${text}: ${shortened(start)} ${shortened(end)}`,
  )
}

function shortened(moment: string): string {
  if (moment.startsWith('0001') || moment.startsWith('9999')) return 'open'
  return moment.replace(/T00:00:00(?:Z|[+-].*)$/, '').replace(/:00(?:Z|[+-]\d\d:\d\d)$/, '')
}

describe('findPeriods', () => {
  it.each(expressions)('reads "%s"', (question, ...expected) => {
    expect(read(question)).toEqual(expected)
  })

  it.each(withoutPeriods)('finds no period in "%s"', (question) => {
    expect(read(question)).toEqual([])
  })

  it('gives the words as they stand in the question', () => {
    const question = 'Revenue in the  LAST\n30 days?'
    const [period] = findPeriods(question, clock)
    expect(question).toContain(period?.text)
    expect(period?.label).toBe('LAST 30 days: Fri 23 Oct to Sat 21 Nov 2026')
  })
})

describe('labels', () => {
  it.each([
    ['last week', 'en-GB', 'last week: Mon 9 to Sun 15 Nov 2026'],
    ['last week', 'de', 'last week: Mon 9 to Sun 15 Nov 2026'],
    ['last week', 'en-US', 'last week: Mon Nov 9 to Sun Nov 15, 2026'],
    ['yesterday', 'en-GB', 'yesterday: Fri 20 Nov 2026'],
    ['yesterday', 'en-US', 'yesterday: Fri Nov 20, 2026'],
    ['last year', 'en-GB', 'last year: 1 Jan to 31 Dec 2025'],
    ['week 53', 'en-GB', 'week 53: Mon 28 Dec 2020 to Sun 3 Jan 2021'],
    ['since October', 'en-GB', 'since October: Thu 1 Oct to Sat 21 Nov 2026'],
    ['from December 2025 to March 2026', 'en-GB', 'from December 2025 to March 2026: 1 Dec 2025 to 31 Mar 2026'],
    ['before March', 'en-GB', 'before March: before Sun 1 Mar 2026'],
    ['after 1 May', 'en-GB', 'after 1 May: from Sat 2 May 2026 on'],
    ['this morning', 'en-GB', 'this morning: Sat 21 Nov 2026, 00:00 to 12:00'],
    ['since 9am', 'en-GB', 'since 9am: Sat 21 Nov 2026, 09:00 to 24:00'],
    ['last night', 'en-GB', 'last night: Fri 20 Nov 2026, 18:00 to Sat 21 Nov 2026, 06:00'],
  ])('says what "%s" means in %s', (question, locale, label) => {
    expect(findPeriods(question, { ...clock, locale }).map((period) => period.label)).toEqual([label])
  })
})

describe('the clock', () => {
  const at = (now: string) => ({ now: new Date(now) })

  it.each([
    ['in May', '2026-03-10T12:00:00Z', 'May: 2025-05-01 2025-06-01'],
    ['in May', '2026-05-10T12:00:00Z', 'May: 2026-05-01 2026-06-01'],
    ['last May', '2026-05-10T12:00:00Z', 'last May: 2025-05-01 2025-06-01'],
    ['next May', '2026-05-10T12:00:00Z', 'next May: 2027-05-01 2027-06-01'],
    ['in Q3', '2026-02-10T12:00:00Z', 'Q3: 2025-07-01 2025-10-01'],
    ['in Q1', '2026-02-10T12:00:00Z', 'Q1: 2026-01-01 2026-04-01'],
    ['last quarter', '2026-02-10T12:00:00Z', 'last quarter: 2025-10-01 2026-01-01'],
    ['last month', '2026-01-31T12:00:00Z', 'last month: 2025-12-01 2026-01-01'],
    ['last month', '2026-03-31T12:00:00Z', 'last month: 2026-02-01 2026-03-01'],
    ['last month', '2024-03-31T12:00:00Z', 'last month: 2024-02-01 2024-03-01'],
    ['the last 12 months', '2024-02-29T12:00:00Z', 'last 12 months: 2023-03-01 2024-03-01'],
    ['last week', '2027-01-01T12:00:00Z', 'last week: 2026-12-21 2026-12-28'],
    ['this week', '2027-01-01T12:00:00Z', 'this week: 2026-12-28 2027-01-04'],
    ['yesterday', '2027-01-01T00:30:00Z', 'yesterday: 2026-12-31 2027-01-01'],
    ['yesterday', '2024-03-01T12:00:00Z', 'yesterday: 2024-02-29 2024-03-01'],
    ['this day last year', '2024-02-29T12:00:00Z', 'this day last year: 2023-02-28 2023-03-01'],
    ['on Monday', '2026-11-23T12:00:00Z', 'Monday: 2026-11-23 2026-11-24'],
    ['last Monday', '2026-11-23T12:00:00Z', 'last Monday: 2026-11-16 2026-11-17'],
    ['last weekend', '2026-11-25T12:00:00Z', 'last weekend: 2026-11-21 2026-11-23'],
    ['this weekend', '2026-11-25T12:00:00Z', 'this weekend: 2026-11-28 2026-11-30'],
    ['over the weekend', '2026-11-25T12:00:00Z', 'weekend: 2026-11-21 2026-11-23'],
    ['between November and February', '2026-03-10T12:00:00Z', 'between November and February: 2025-11-01 2026-03-01'],
    ['between May and July', '2026-03-10T12:00:00Z', 'between May and July: 2025-05-01 2025-08-01'],
    ['since 9am', '2026-11-21T08:00:00Z', 'since 9am: 2026-11-20T09:00 2026-11-22'],
    ['week 1', '2026-01-01T12:00:00Z', 'week 1: 2025-12-29 2026-01-05'],
  ])('reads "%s" asked on %s', (question, now, expected) => {
    expect(read(question, at(now))).toEqual([expected])
  })

  it.each([
    ['last week', '2026-11-21T12:00:00Z', 'last week: 2026-11-08 2026-11-15'],
    ['this week', '2026-11-22T12:00:00Z', 'this week: 2026-11-22 2026-11-29'],
    ['last week', '2026-11-22T12:00:00Z', 'last week: 2026-11-15 2026-11-22'],
    ['the week of 3 November', '2026-11-21T12:00:00Z', 'week of 3 November: 2026-11-01 2026-11-08'],
    ['Sunday last week', '2026-11-21T12:00:00Z', 'Sunday last week: 2026-11-08 2026-11-09'],
    ['last weekend', '2026-11-25T12:00:00Z', 'last weekend: 2026-11-21 2026-11-23'],
    ['week 45', '2026-11-21T12:00:00Z', 'week 45: 2026-11-02 2026-11-09'],
  ])('reads "%s" asked on %s where weeks begin on Sunday', (question, now, expected) => {
    expect(read(question, { ...at(now), weekStart: 'sunday' })).toEqual([expected])
  })

  it('takes the day of the time zone, not of UTC', () => {
    const now = new Date('2026-11-21T23:30:00Z')
    expect(read('today', { now, timeZone: 'Asia/Tokyo' })).toEqual(['today: 2026-11-22 2026-11-23'])
    expect(read('today', { now, timeZone: 'America/New_York' })).toEqual(['today: 2026-11-21 2026-11-22'])
  })

  it.each([
    // Clocks go forward on 29 March 2026 in Berlin and back on 25 October: days of 23 and 25 hours.
    ['yesterday', 'Europe/Berlin', '2026-03-30T08:00:00Z', '2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00'],
    ['yesterday', 'Europe/Berlin', '2026-10-26T08:00:00Z', '2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00'],
    ['last week', 'Europe/Berlin', '2026-04-01T08:00:00Z', '2026-03-23T00:00:00+01:00', '2026-03-30T00:00:00+02:00'],
    [
      'the last 7 days',
      'Europe/Berlin',
      '2026-03-30T08:00:00Z',
      '2026-03-24T00:00:00+01:00',
      '2026-03-31T00:00:00+02:00',
    ],
    [
      'the last 24 hours',
      'Europe/Berlin',
      '2026-03-29T10:00:00Z',
      '2026-03-28T11:00:00+01:00',
      '2026-03-29T12:00:00+02:00',
    ],
    [
      'last month',
      'America/New_York',
      '2026-12-01T12:00:00Z',
      '2026-11-01T00:00:00-04:00',
      '2026-12-01T00:00:00-05:00',
    ],
    // In Cairo clocks go forward at midnight: Friday 24 April 2026 begins at 01:00.
    ['yesterday', 'Africa/Cairo', '2026-04-25T09:00:00Z', '2026-04-24T00:00:00+02:00', '2026-04-25T00:00:00+03:00'],
    ['today', 'Africa/Cairo', '2026-04-24T09:00:00Z', '2026-04-24T00:00:00+02:00', '2026-04-25T00:00:00+03:00'],
    ['last 2 days', 'Africa/Cairo', '2026-04-24T09:00:00Z', '2026-04-23T00:00:00+02:00', '2026-04-25T00:00:00+03:00'],
  ])('keeps days whole over clock changes: %s in %s at %s', (question, timeZone, now, start, end) => {
    expect(findPeriods(question, { ...clock, ...at(now), timeZone })).toMatchObject([{ start, end }])
  })

  it('reads 5/11/2026 in the order of the locale, unless only one order makes a date', () => {
    expect(read('on 5/11/2026', { locale: 'en-GB' })).toEqual(['5/11/2026: 2026-11-05 2026-11-06'])
    expect(read('on 5/11/2026', { locale: 'en-US' })).toEqual(['5/11/2026: 2026-05-11 2026-05-12'])
    expect(read('on 13/05/2024', { locale: 'en-US' })).toEqual(['13/05/2024: 2024-05-13 2024-05-14'])
    expect(read('on 05/13/24', { locale: 'de-DE' })).toEqual(['05/13/24: 2024-05-13 2024-05-14'])
  })

  it('throws for a time zone that does not exist', () => {
    expect(() => read('today', { timeZone: 'Mars/Olympus' })).toThrow(RangeError)
  })
})

describe('hostile text', () => {
  it('names a dozen periods at most, each as often as the question does', () => {
    const days = Array.from({ length: 28 }, (_, day) => `on ${day + 1} May`).join(', ')
    expect(read(days)).toHaveLength(12)
    expect(read('orders last week and returns last week')).toHaveLength(2)
  })

  it.each([
    ['', []],
    ['   ', []],
    ['\u0000\u202e yesterday \u202c', ['yesterday: 2026-11-20 2026-11-21']],
    ['🙂last week🙂', ['last week: 2026-11-09 2026-11-16']],
    ['last\u00a0week', ['last\u00a0week: 2026-11-09 2026-11-16']],
    ["last week'; DROP TABLE orders; --", ['last week: 2026-11-09 2026-11-16']],
  ])('copes with %j', (question, expected) => {
    expect(read(question)).toEqual(expected)
  })

  it.each([
    'last '.repeat(4000),
    `last${' '.repeat(20_000)}week`,
    'first day of '.repeat(1600),
    'between May and '.repeat(1250),
    'from 1 to 2 to 3 to '.repeat(1000),
    '1'.repeat(20_000),
    '2024-05-01 '.repeat(1800),
    "'".repeat(20_000),
    '“'.repeat(20_000),
  ])('reads 20,000 characters in good time (%#)', (question) => {
    const began = performance.now()
    findPeriods(question, clock)
    expect(performance.now() - began).toBeLessThan(2000)
  })
})
