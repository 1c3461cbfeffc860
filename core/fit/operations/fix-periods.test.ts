import { expect, test } from 'vitest'
import { plainColumn, schemaOf, table } from '../../testing/school-schema.ts'
import { fixPeriods } from './fix-periods.ts'

const orders = table('orders', 'id! INTEGER')
orders.columns.push(plainColumn('day', 'TEXT', { dateFormat: 'date' }))
orders.columns.push(plainColumn('made_at', 'TEXT', { dateFormat: 'datetime' }))
orders.columns.push(plainColumn('paid', 'INTEGER', { dateFormat: 'epoch-seconds' }))
orders.columns.push(plainColumn('sent at', 'TEXT', { dateFormat: 'datetime' }))

/** A condition of a query for what a period asks for: October of 2026 where no other is given. */
function mended(condition: string, start = '2026-10-01T00:00:00+02:00', end = '2026-11-01T00:00:00+01:00'): string {
  const from = 'SELECT count(*) FROM orders AS o WHERE '
  const periods = [{ period: { text: '', label: '', start, end }, conditions: [] }]
  return fixPeriods(from + condition, periods, schemaOf(orders)).slice(from.length)
}

test.each([
  ["day >= '2026-10-01' AND day < '2026-10-31'", "day >= '2026-10-01' AND day < '2026-11-01'"],
  [
    "strftime('%Y-%m', day) >= '2026-10-01' AND strftime('%Y-%m', day) < '2026-11-01'",
    "day >= '2026-10-01' AND day < '2026-11-01'",
  ],
  ["made_at BETWEEN '2026-10-01' AND '2026-10-31'", "(made_at >= '2026-10-01' AND made_at < '2026-11-01')"],
  ["day BETWEEN '2026-10-01' AND '2026-11-01'", "(day >= '2026-10-01' AND day < '2026-11-01')"],
  ["o.made_at >= '2026-10-01' AND o.made_at <= '2026-10-31'", "o.made_at >= '2026-10-01' AND o.made_at < '2026-11-01'"],
  [`"sent at" >= '2026-10-01' AND "sent at" <= '2026-10-31'`, `"sent at" >= '2026-10-01' AND "sent at" < '2026-11-01'`],
  [
    "strftime('%Y-%m', made_at) >= '2026-10-01' AND strftime('%Y-%m', made_at) <= '2026-10-31'",
    "strftime('%Y-%m-%d', made_at) >= '2026-10-01' AND strftime('%Y-%m-%d', made_at) <= '2026-10-31'",
  ],
  [
    "strftime('%Y-%m', paid, 'unixepoch') >= '2026-10-01' AND strftime('%Y-%m', paid / 1000, 'auto') < '2026-11-01'",
    "strftime('%Y-%m-%d', paid, 'unixepoch') >= '2026-10-01' AND strftime('%Y-%m-%d', paid / 1000, 'auto') < '2026-11-01'",
  ],
])('%s', (written, expected) => {
  expect(mended(written)).toBe(expected)
})

test.each([
  "day >= '2026-10-01' AND day <= '2026-10-31'",
  "day BETWEEN '2026-10-01' AND '2026-10-31'",
  "strftime('%Y-%m', day) = '2026-10'",
  "strftime('%Y-%m-%d', made_at) >= '2026-10-01' AND strftime('%Y-%m-%d', made_at) <= '2026-10-31'",
  "made_at NOT BETWEEN '2026-01-01' AND '2026-10-31'",
  "made_at <= '2026-05-05'",
])('%s stays', (written) => {
  expect(mended(written)).toBe(written)
})

test('a day of a date with a time is all of it', () => {
  const after = (condition: string) => mended(condition, '2026-11-01T00:00:00+01:00', '9999-12-31T23:59:59Z')
  expect(after("made_at > '2026-10-31'")).toBe("made_at >= '2026-11-01'")
  expect(after("strftime('%Y-%m-%d', made_at) > '2026-10-31'")).toBe("strftime('%Y-%m-%d', made_at) > '2026-10-31'")
  expect(after("day > '2026-10-31'")).toBe("day > '2026-10-31'")
  const until = (condition: string) => mended(condition, '0001-01-01T00:00:00Z', '2026-11-01T00:00:00+01:00')
  expect(until("made_at <= '2026-10-31'")).toBe("made_at < '2026-11-01'")
  const on = (condition: string) => mended(condition, '2026-10-31T00:00:00+01:00', '2026-11-01T00:00:00+01:00')
  expect(on("made_at = '2026-10-31'")).toBe("(made_at >= '2026-10-31' AND made_at < '2026-11-01')")
  expect(on("day = '2026-10-31'")).toBe("day = '2026-10-31'")
})

test('a period that ends within a day is left to its own words', () => {
  const written = "made_at >= '2026-10-31' AND made_at <= '2026-11-01'"
  expect(mended(written, '2026-10-31T15:00:00+01:00', '2026-11-01T15:00:00+01:00')).toBe(written)
})
