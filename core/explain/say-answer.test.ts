import { describe, expect, it } from 'vitest'
import type { SqlValue } from '#databases/schema/schema.ts'
import { explain } from './explain.ts'
import { sayAnswer } from './say-answer.ts'
import { shopSchema } from './testing/shop-schema.ts'

const asker = { locale: 'en-GB', timeZone: 'Europe/Berlin' }

function said(sql: string, rows: SqlValue[][], columns: string[] = (rows[0] ?? []).map((_, at) => `c${at}`)): string {
  const explanation = explain({ sql, schema: shopSchema, periods: [], ...asker })
  return sayAnswer({ sql, result: { kind: 'rows', columns, rows, truncated: false }, explanation }, asker)
}

describe('sayAnswer', () => {
  it.each<[string, SqlValue, string]>([
    ['SELECT COUNT(*) FROM orders', 1234, '1,234 orders.'],
    ['SELECT COUNT(*) AS number FROM orders', 1234, '1,234 orders.'],
    ["SELECT COUNT(*) FROM orders WHERE status = 'paid'", 1234, "1,234 orders where status is 'paid'."],
    ["SELECT COUNT(*) FROM orders WHERE status = 'paid'", 1, "1 row in orders where status is 'paid'."],
    ["SELECT COUNT(*) FROM orders WHERE status = 'paid'", 0, "No orders where status is 'paid'."],
    ['SELECT COUNT(*) FROM orders o JOIN customers c ON c.id = o.customer_id', 5, '5 rows in orders and customers.'],
    ['SELECT COUNT(DISTINCT city) FROM customers', 12, '12 different values of city in customers.'],
    ['SELECT COUNT(DISTINCT city) FROM customers', 1, 'The number of different values of city in customers is 1.'],
    ['SELECT SUM(total) FROM orders', 12345.6, 'The total of total in orders is 12,345.60.'],
    ['SELECT SUM(total) AS id FROM orders', 12345.6, 'The total of total in orders is 12,345.60.'],
    [
      "SELECT AVG(price) FROM products WHERE category = 'tea'",
      9.5,
      "The average of price in products where category is 'tea' is 9.50.",
    ],
    ['SELECT MAX(birth_year) FROM customers', 2004, 'The highest birth year in customers is 2004.'],
    [
      "SELECT SUM(total) FROM orders WHERE status = 'lost'",
      null,
      "There is nothing to compute the total of total from in orders where status is 'lost'.",
    ],
    ['SELECT name FROM customers ORDER BY birth_year DESC LIMIT 1', 'Ann', 'Name: Ann.'],
    ['SELECT name FROM customers LIMIT 1', null, 'Name: no value.'],
    ['SELECT country FROM customers GROUP BY country LIMIT 1', 'France', 'C0: France.'],
    ['SELECT 1 + 1', 2, 'C0: 2.'],
    [
      "SELECT sum(CASE WHEN status = 'paid' THEN 1 ELSE 0 END) * 100 / count(*) FROM orders",
      33,
      "(the total of (1 if status is 'paid', otherwise 0) × 100) ÷ the number of rows (cut to a whole number) in orders is 33.",
    ],
    ['SELECT COUNT(*) FROM (SELECT id FROM orders WHERE total > 5)', 2, 'The number of rows is 2.'],
  ])('%s with %s', (sql, value, expected) => {
    expect(said(sql, [[value]])).toBe(expected)
  })

  it('says one row of several values', () => {
    const aggregates = 'SELECT MIN(price), MAX(price) FROM products'
    expect(said(aggregates, [[1.5, 9]])).toBe('In products, the lowest price is 1.50 and the highest price is 9.')
    expect(said('SELECT name, city FROM customers LIMIT 1', [['Ann', null]])).toBe('Name: Ann, city: no value.')
    expect(said('SELECT * FROM customers LIMIT 1', [['Ann', 3]], ['full_name', 'id'])).toBe('Full name: Ann, id: 3.')
    expect(said('SELECT * FROM customers LIMIT 1', [['a', 'b', 'c', 'd', 'e']])).toBe('One row.')
  })

  it('names the conditions that nothing meets', () => {
    expect(said('SELECT name FROM customers', [])).toBe('There are no rows in customers.')
    expect(said("SELECT name FROM customers WHERE city = 'Rom'", [])).toBe("No rows in customers match: city is 'Rom'.")
    const both = "SELECT name FROM customers c JOIN orders o ON o.customer_id = c.id WHERE city = 'Rom' AND total > 5"
    expect(said(both, [])).toBe("No rows match: city is 'Rom' and total of orders is more than 5.")
    const many = Array.from({ length: 30 }, (_, at) => `total <> ${at}`).join(' AND ')
    expect(said(`SELECT id FROM orders WHERE ${many}`, [])).toBe('No rows in orders match all 30 conditions.')
  })

  it('counts many rows', () => {
    expect(said('SELECT name FROM customers', Array(1500).fill(['Ann']))).toBe('1,500 customers.')
    const explanation = explain({ sql: 'SELECT name FROM customers', schema: shopSchema, periods: [], ...asker })
    const result = { kind: 'rows' as const, columns: ['name'], rows: [['Ann']], truncated: true }
    expect(sayAnswer({ sql: 'SELECT name FROM customers', result, explanation }, asker)).toBe(
      'More than 1 row in customers.',
    )
  })

  it.each<[string, string]>([
    ["SELECT name FROM customers WHERE city = 'Rom'", "2 customers where city is 'Rom'."],
    ['SELECT DISTINCT city FROM customers', 'Ann and Bob.'],
    ['SELECT name FROM customers LIMIT 2', 'Ann and Bob.'],
    ['SELECT city, COUNT(*) FROM customers GROUP BY city', 'Ann and Bob.'],
    ['SELECT c.name FROM customers c JOIN orders o ON o.customer_id = c.id', 'Ann and Bob.'],
    ['SELECT name FROM customer', '2 rows in customer.'],
  ])('says what the rows of %s are where each is one of a table', (sql, expected) => {
    expect(said(sql, [['Ann'], ['Bob']])).toBe(expected)
  })

  it('says a few names in their order, in the language of the asker', () => {
    const sql = 'SELECT name FROM customers ORDER BY birth_year LIMIT 3'
    expect(said(sql, [['Ann'], ['Bob'], ['Cleo']])).toBe('Ann, Bob and Cleo.')
    expect(
      said(
        sql,
        [
          ['Ann', 'Lee'],
          ['Bob', 'Ray'],
        ],
        ['first_name', 'last_name'],
      ),
    ).toBe('Ann Lee and Bob Ray.')
    expect(
      said(
        sql,
        [
          ['Ann', 'Rome'],
          ['Bob', 'Oslo'],
        ],
        ['name', 'city'],
      ),
    ).toBe('2 rows.')
    expect(said(sql, [['Ann'], [null]])).toBe('2 rows.')
    expect(said(sql, Array(6).fill(['Ann']))).toBe('6 rows.')
    expect(said(sql, Array(5).fill(['A'.repeat(60)]))).toBe('5 rows.')
  })

  it('writes numbers as the asker does', () => {
    const sql = 'SELECT SUM(total) FROM orders'
    const explanation = explain({ sql, schema: shopSchema, periods: [], ...asker })
    const result = { kind: 'rows' as const, columns: ['x'], rows: [[12345.6]], truncated: false }
    const german = { locale: 'de-DE', timeZone: 'Europe/Berlin' }
    expect(sayAnswer({ sql, result, explanation }, german)).toBe('The total of total in orders is 12.345,60.')
  })
})
