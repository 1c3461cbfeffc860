import { expect, test } from 'vitest'
import { fixDateBounds } from './fix-date-bounds.ts'

test.each([
  [
    "SELECT count(*) FROM orders WHERE strftime('%Y-%m', orders.order_date) >= '2025-01-01' AND strftime('%Y-%m', orders.order_date) < '2026-01-01'",
    "SELECT count(*) FROM orders WHERE orders.order_date >= '2025-01-01' AND orders.order_date < '2026-01-01'",
  ],
  [
    `SELECT 1 FROM t WHERE strftime('%Y', "paid at") BETWEEN '2025-01-01' AND '2025-12-31'`,
    `SELECT 1 FROM t WHERE "paid at" BETWEEN '2025-01-01' AND '2025-12-31'`,
  ],
])('compares the whole column with whole days: %s', (sql, fixed) => {
  expect(fixDateBounds(sql)).toBe(fixed)
})

test.each([
  "SELECT strftime('%Y-%m', d), count(*) FROM t GROUP BY strftime('%Y-%m', d)",
  "SELECT 1 FROM t WHERE strftime('%Y-%m', d) >= '2025-01'",
  "SELECT 1 FROM t WHERE strftime('%Y-%m-%d', d) >= '2025-01-01'",
  "SELECT 1 FROM t WHERE strftime('%Y', d) = '2025'",
])('leaves alone what compares like with like: %s', (sql) => {
  expect(fixDateBounds(sql)).toBe(sql)
})
