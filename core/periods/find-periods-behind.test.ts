import { describe, expect, test } from 'vitest'
import { findPeriodsBehind } from './find-periods.ts'

const clock = { now: new Date('2026-11-21T10:30:00Z'), timeZone: 'UTC', weekStart: 'monday' as const, locale: 'en-GB' }

const read = (question: string, ...earlier: string[]) =>
  findPeriodsBehind(question, earlier, clock).named.map(
    ({ text, start, end }) => `${text}: ${start.slice(0, 10)} ${end.slice(0, 10)}`,
  )

describe('a question behind an earlier one', () => {
  test.each([
    ['And April?', 'How many orders were placed in March?', 'April: 2026-04-01 2026-05-01'],
    ['what about April?', 'How many orders were placed in March?', 'April: 2026-04-01 2026-05-01'],
    ['and 2024?', 'orders in 2025', '2024: 2024-01-01 2025-01-01'],
    ['vs 2024?', 'orders in 2025', '2024: 2024-01-01 2025-01-01'],
    ['compared to March', 'orders in April 2024', 'March: 2024-03-01 2024-04-01'],
    ['2024?', 'orders in 2025', '2024: 2024-01-01 2025-01-01'],
    ['only Monday', 'How many orders last week?', 'Monday: 2026-11-09 2026-11-10'],
    ['and on Sunday?', 'How many orders this week?', 'Sunday: 2026-11-15 2026-11-16'],
    ['and Monday?', 'How many orders today?', 'Monday: 2026-11-16 2026-11-17'],
    [
      'and May?',
      `${'Orders of all customers who bought anything else '.repeat(3)} in 2024`,
      'May: 2024-05-01 2024-06-01',
    ],
  ])('names a period with few words: "%s"', (question, earlier, expected) => {
    expect(read(question, earlier)).toEqual([expected])
  })

  test.each([
    ['and what did May buy?', 'orders in 2025'],
    ['May I see the names?', 'orders in 2025'],
    ['the top 2000', 'sales in 2025'],
  ])('names none with other words: "%s"', (question, earlier) => {
    expect(read(question, earlier)).toEqual([])
  })

  test.each([
    ['and in May?', 'orders in 2024', 'May: 2024-05-01 2024-06-01'],
    ['and in May?', 'orders between March and June 2024', 'May: 2024-05-01 2024-06-01'],
    ['and in May?', 'orders since 2020', 'May: 2026-05-01 2026-06-01'],
    ['and in May?', 'orders after 1 March 2020', 'May: 2026-05-01 2026-06-01'],
    ['in June?', 'orders between 2019 and 2021', 'June: 2026-06-01 2026-07-01'],
    ['and in May?', 'bookings next year', 'May: 2027-05-01 2027-06-01'],
    ['and on Friday?', 'bookings next week', 'Friday: 2026-11-27 2026-11-28'],
    ['and the same month in 2023?', 'orders in March 2025', 'same month in 2023: 2023-03-01 2023-04-01'],
  ])('means a month of the year before only where there is one: "%s" behind "%s"', (question, earlier, expected) => {
    expect(read(question, earlier)).toEqual([expected])
  })

  test.each([
    [['orders in 2024', 'April?'], 'and May?', 'May: 2024-05-01 2024-06-01'],
    [['orders in 2024', 'April?', 'and June?'], 'the month before', 'month before: 2024-05-01 2024-06-01'],
    [['orders in 2024', 'only in France'], 'and in May?', 'May: 2024-05-01 2024-06-01'],
    [['orders in 2024', 'and in March 2023?'], 'April?', 'April: 2023-04-01 2023-05-01'],
    [['orders in April 2024', 'and last month?'], 'and in May?', 'May: 2026-05-01 2026-06-01'],
    [['orders last month', 'and the month before?'], 'and the month before?', 'month before: 2026-08-01 2026-09-01'],
    [['bookings next year', 'in March?'], 'and April?', 'April: 2027-04-01 2027-05-01'],
  ])('goes on through the turns: %j, "%s"', (earlier, question, expected) => {
    expect(read(question, ...earlier)).toEqual([expected])
  })

  test('what is kept is what was named last, behind what was asked before it', () => {
    const { named, kept } = findPeriodsBehind('only in France', ['orders in 2024', 'April?', 'by country'], clock)
    expect(named).toEqual([])
    expect(kept.map(({ label, start }) => [label, start.slice(0, 10)])).toEqual([
      ['April: Mon 1 to Tue 30 Apr 2024', '2024-04-01'],
    ])
  })
})
