import { describe, expect, test } from 'vitest'
import { schemaOf, table } from '../testing/school-schema.ts'
import { narrowToValue } from './narrow-to-value.ts'

const schema = schemaOf(
  table('customers', 'id! INTEGER', 'name TEXT', 'country TEXT'),
  table('orders', 'id! INTEGER', 'customer_id INTEGER > customers.id', 'status TEXT', 'total REAL'),
  table('returns', 'id! INTEGER', 'order_id INTEGER > orders.id', 'reason TEXT'),
)
const narrowed = (sql: string, column: string, value: string, mayAdd = true) =>
  narrowToValue(sql, { value: { column, value, matched: value }, schema, mayAdd })

describe('a condition is added', () => {
  test.each([
    'SELECT count(*) FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)',
    "SELECT count(*) FROM customers WHERE NOT name = 'Acme'",
    "SELECT count(*) FROM customers WHERE (name = 'Acme' OR name = 'Bolt')",
    "SELECT count(*) FROM orders JOIN customers ON customers.id = customer_id OR status = 'x' WHERE total > 5",
    'SELECT name, (SELECT count(*) FROM orders WHERE customer_id = customers.id) FROM customers WHERE id > 5',
    'SELECT count(*) FROM returns WHERE reason IS NULL',
    'SELECT name FROM customers LEFT JOIN orders o ON customer_id = customers.id WHERE o.id IS NULL',
  ])('behind %s', (sql) => {
    expect(narrowed(sql, 'customers.country', 'France')).toBe(`${sql} AND customers.country = 'France'`)
  })

  test.each([
    ["SELECT count(*) FROM customers WHERE name = 'Acme' OR id = 5", 'customers.country', 'an OR would undo it'],
    ['SELECT name FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)', 'returns.reason', 'none is left'],
    [
      'SELECT name FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL',
      'orders.status',
      'none is left',
    ],
    ['SELECT id FROM orders WHERE total = (SELECT max(total) FROM orders)', 'orders.status', 'another is the highest'],
    [
      'SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id WHERE total = (SELECT max(total) FROM orders)',
      'customers.country',
      'another is the highest',
    ],
    ['SELECT count(*) / (SELECT count(*) FROM orders) FROM customers', 'customers.country', 'all orders are counted'],
    ['SELECT count(*) / (SELECT count(*) FROM orders) FROM orders', 'orders.status', 'all orders are counted'],
    ['SELECT avg(n) FROM (SELECT count(*) AS n FROM orders GROUP BY customer_id)', 'orders.status', 'it is gone there'],
    ['SELECT sum(total) FROM orders', 'returns.reason', 'an order counts as often as it came back'],
  ])('to none like %s for %s, since %s', (sql, column) => {
    expect(narrowed(sql, column, 'France')).toBeNull()
  })

  test('only where one may be', () => {
    expect(narrowed('SELECT count(*) FROM customers', 'customers.country', 'France', false)).toBeNull()
  })
})

describe('a value is replaced', () => {
  test.each([
    "NOT name = 'Acme' AND country = 'Spain'",
    "country = 'Spain' AND (id = 1 OR id = 2)",
    "(country = 'Spain') AND id NOT IN (SELECT customer_id FROM orders WHERE total > 5 OR status = 'x')",
    "name IS NOT NULL AND country = 'Spain'",
  ])('in %s', (condition) => {
    const sql = `SELECT count(*) FROM customers WHERE ${condition}`
    expect(narrowed(sql, 'customers.country', 'France')).toBe(sql.replace('Spain', 'France'))
  })

  test.each([
    "NOT customers.country = 'Spain'",
    "NOT (id > 5 AND (country = 'Spain'))",
    "id = 1 OR (country = 'Spain' AND id > 5)",
    "id NOT IN (SELECT id FROM customers WHERE country = 'Spain')",
    "NOT EXISTS (SELECT 1 FROM customers WHERE country = 'Spain')",
  ])('but not where it decides over other rows: %s', (condition) => {
    expect(narrowed(`SELECT count(*) FROM customers WHERE ${condition}`, 'customers.country', 'France')).toBeNull()
  })
})
