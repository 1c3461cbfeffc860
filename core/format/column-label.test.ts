import { expect, test } from 'vitest'
import { columnLabel } from './column-label.ts'

test.each([
  ['total_revenue', 'total revenue'],
  ['COUNT(*)', 'count'],
  ['count(DISTINCT T1.id)', 'count'],
  ['avg(T1.price)', 'average price'],
  ['sum(total_amount)', 'total amount'],
  ['sum(T1.price * T2."unit quantity")', 'total of price × unit quantity'],
  ["strftime('%Y-%m', paid_at)", 'month of paid at'],
  ["strftime('%w', orders.ordered_on)", 'weekday of ordered on'],
  ["strftime('%Y', seen_at / 1000, 'unixepoch')", 'year of seen at'],
  ["strftime('%s', seen_at)", "strftime('%s', seen_at)"],
  ['count(*) * 100.0 / (SELECT count(*) FROM orders)', 'percentage'],
  ["sum(CASE WHEN status = 'paid' THEN 1 ELSE 0 END) * 100.0 / count(*)", 'percentage'],
  ['cast(count(id) AS REAL) / count(*) * 100', 'percentage'],
  ["(SELECT sum(amount) FROM payments WHERE paid_at >= '2026-11-01')", 'total amount from 2026-11-01'],
  ['(SELECT count(*) FROM payments)', 'count'],
  ['  ', '(no name)'],
  ['x'.repeat(90), `${'x'.repeat(79)}…`],
])('%s reads "%s"', (name, label) => {
  expect(columnLabel(name)).toBe(label)
})
