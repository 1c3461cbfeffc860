import { describe, expect, test } from 'vitest'
import { movePeriods } from './move-periods.ts'

const lastWeek = { start: '2026-11-09T00:00:00+01:00', end: '2026-11-16T00:00:00+01:00' }
const aWeekLater = { start: '2026-11-16T00:00:00+01:00', end: '2026-11-23T00:00:00+01:00' }
const year = (from: number) => ({ start: `${from}-01-01T00:00:00Z`, end: `${from + 1}-01-01T00:00:00Z` })
const move = (sql: string) => movePeriods(sql, [{ from: lastWeek, to: aWeekLater }])

describe('a period is moved', () => {
  test.each([
    ["d >= '2026-11-09' AND d < '2026-11-16'", "d >= '2026-11-16' AND d < '2026-11-23'"],
    ['at >= 1794178800 AND at < 1794783600', 'at >= 1794783600 AND at < 1795388400'],
    ['at >= 1794178800000 AND at < 1794783600000', 'at >= 1794783600000 AND at < 1795388400000'],
    [
      "(d >= '2026-11-09' AND d < '2026-11-16') OR (e >= '2026-11-09' AND e < '2026-11-16')",
      "(d >= '2026-11-16' AND d < '2026-11-23') OR (e >= '2026-11-16' AND e < '2026-11-23')",
    ],
  ])('in %s', (before, after) => {
    expect(move(`SELECT count(*) FROM t WHERE ${before}`)).toBe(`SELECT count(*) FROM t WHERE ${after}`)
  })

  test('beside another one that touches it', () => {
    const sql = "SELECT d >= '2026-11-16' AND d < '2026-11-23', d >= '2026-11-09' AND d < '2026-11-16' FROM t"
    const thisWeek = { from: aWeekLater, to: { start: '2026-11-23T00:00:00+01:00', end: '2026-11-30T00:00:00+01:00' } }
    expect(movePeriods(sql, [thisWeek, { from: lastWeek, to: aWeekLater }])).toBe(
      "SELECT d >= '2026-11-23' AND d < '2026-11-30', d >= '2026-11-16' AND d < '2026-11-23' FROM t",
    )
  })

  test('of a year in a column of years', () => {
    expect(movePeriods('SELECT 1 WHERE y >= 2025 AND y < 2026', [{ from: year(2025), to: year(2026) }])).toBe(
      'SELECT 1 WHERE y >= 2026 AND y < 2027',
    )
  })

  test.each([
    ['y = 2025', 'y = 2026'],
    ["strftime('%Y', d) = '2025' AND (e = 1 OR y = 2025)", "strftime('%Y', d) = '2026' AND (e = 1 OR y = 2026)"],
  ])('of a year that is compared with: %s', (before, after) => {
    expect(movePeriods(`SELECT 1 FROM t WHERE ${before}`, [{ from: year(2025), to: year(2026) }])).toBe(
      `SELECT 1 FROM t WHERE ${after}`,
    )
  })
})

describe('a query stays as it is', () => {
  const fixed = { start: '2025-01-01T00:00:00Z', end: '2026-01-01T00:00:00Z' }

  test('where its period does not move, however it is written', () => {
    const sql = "SELECT 1 WHERE strftime('%Y', d) = '2025'"
    expect(movePeriods(sql, [{ from: fixed, to: fixed }])).toBe(sql)
  })

  test.each([
    ["SELECT 1 WHERE d >= date('now', '-7 days')", 'has no dates'],
    ["SELECT 1 WHERE d >= '2026-11-09'", 'has one bound only'],
    ["SELECT 1 WHERE d BETWEEN '2026-11-09' AND '2026-11-15'", 'says its end in another way'],
    ["SELECT '2026-11-09 in a text', 1 WHERE e = '2026-11-16'", 'has a bound within a text'],
  ])('and is given up where %s %s', (sql) => {
    expect(move(sql)).toBeNull()
  })

  test.each([
    ['y > 2025'],
    ['y <> 2025'],
    ["y = 2025 AND d < '2025-07-01'"],
    ["y = 2025 AND strftime('%Y-%m', d) = '2025-05'"],
    ['id = 12025'],
  ])('and is given up where a year does not only stand alone: %s', (condition) => {
    const sql = `SELECT 1 FROM t WHERE ${condition}`
    expect(movePeriods(sql, [{ from: year(2025), to: year(2024) }])).toBeNull()
    expect(movePeriods(sql, [{ from: year(2025), to: lastWeek }])).toBeNull()
  })
})
