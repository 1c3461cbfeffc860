import { expect, test } from 'vitest'
import { plainColumn, schemaOf, table } from '../../testing/school-schema.ts'
import { groupByUnit } from './group-by-unit.ts'

const orders = table('orders', 'id! INTEGER', 'total REAL')
orders.columns.push(plainColumn('day', 'TEXT', { dateFormat: 'date' }))
const visits = table('visits', 'id! INTEGER')
visits.columns.push(plainColumn('came_at', 'TEXT', { dateFormat: 'datetime' }))
const paid = table('payments', 'id! INTEGER')
paid.columns.push(plainColumn('at', 'INTEGER', { dateFormat: 'epoch-seconds' }))

test.each([
  [
    'Number of orders per month',
    'SELECT day, count(*) FROM orders GROUP BY day',
    "SELECT strftime('%Y-%m', day), count(*) FROM orders GROUP BY strftime('%Y-%m', day)",
  ],
  [
    'Orders by year since 2020',
    "SELECT o.day, count(o.day) FROM orders AS o WHERE o.day >= '2020-01-01' GROUP BY o.day ORDER BY o.day",
    "SELECT strftime('%Y', o.day), count(o.day) FROM orders AS o WHERE o.day >= '2020-01-01' GROUP BY strftime('%Y', o.day) ORDER BY strftime('%Y', o.day)",
  ],
  [
    'Which weekday has the most orders?',
    'SELECT day FROM orders GROUP BY day ORDER BY count(*) DESC LIMIT 1',
    "SELECT strftime('%w', day) FROM orders GROUP BY strftime('%w', day) ORDER BY count(*) DESC LIMIT 1",
  ],
])('%s', (question, sql, mended) => {
  expect(groupByUnit(sql, question, schemaOf(orders))).toBe(mended)
})

test('seconds since 1970 are told to SQLite as such', () => {
  const sql = 'SELECT at, count(*) FROM payments GROUP BY at'
  expect(groupByUnit(sql, 'payments per month', schemaOf(paid))).toContain(
    "GROUP BY strftime('%Y-%m', at, 'unixepoch')",
  )
})

test('moments are grouped by the day, week or quarter', () => {
  const grouped = (question: string) =>
    groupByUnit('SELECT v.came_at, count(*) FROM visits AS v GROUP BY v.came_at', question, schemaOf(visits))
  const by = (unit: string) => `SELECT ${unit}, count(*) FROM visits AS v GROUP BY ${unit}`
  expect(grouped('visits per day')).toBe(by("strftime('%Y-%m-%d', v.came_at)"))
  expect(grouped('weekly visits')).toBe(by("strftime('%Y-%W', v.came_at)"))
  expect(grouped('visits by quarter')).toBe(by("strftime('%Y', v.came_at), (strftime('%m', v.came_at) + 2) / 3"))
})

test('both parts of a quarter are sorted the same way, and what is counted stays', () => {
  const quarter = (direction = '') => `strftime('%Y', day)${direction}, (strftime('%m', day) + 2) / 3${direction}`
  const sql = 'SELECT day, count(DISTINCT day) FROM orders GROUP BY day ORDER BY day DESC'
  expect(groupByUnit(sql, 'orders by quarter, newest first', schemaOf(orders))).toBe(
    `SELECT ${quarter()}, count(DISTINCT day) FROM orders GROUP BY ${quarter()} ORDER BY ${quarter(' DESC')}`,
  )
})

test.each([
  ['Number of orders per month', 'SELECT substr(day, 1, 7), count(*) FROM orders GROUP BY substr(day, 1, 7)'],
  ['Number of orders for each day they came', 'SELECT day, count(*) FROM orders GROUP BY day'],
  ['Orders of this month', 'SELECT day FROM orders'],
  ['Orders per month', 'SELECT total, count(*) FROM orders GROUP BY total'],
])('%s: %s stays', (question, sql) => {
  expect(groupByUnit(sql, question, schemaOf(orders))).toBe(sql)
})
