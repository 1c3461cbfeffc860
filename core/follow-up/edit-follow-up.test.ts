import { describe, expect, test } from 'vitest'
import { coverWords } from '../answerable/cover-words.ts'
import { followPeriods } from '../linking/follow-periods.ts'
import { schemaOf, table } from '../testing/school-schema.ts'
import { editFollowUp } from './edit-follow-up.ts'

const schema = schemaOf(
  table('customers', 'id! INTEGER', 'name TEXT', 'country TEXT'),
  table('products', 'id! INTEGER', 'name TEXT'),
  table(
    'orders',
    'id! INTEGER',
    'customer_id INTEGER > customers.id',
    'product_id INTEGER > products.id',
    'order_date DATE',
  ),
)
const clock = { now: new Date('2026-11-18T12:00:00Z'), timeZone: 'UTC', weekStart: 'monday' as const, locale: 'en-US' }

function edited(
  text: string,
  question: string,
  sql: string,
  values: { column: string; value: string; matched: string }[] = [],
) {
  const periods = followPeriods(text, { question }, clock)
  const coverage = coverWords({
    question: text,
    schema,
    values: values.map((value) => value.matched),
    periods: periods.named.map((period) => period.text),
  })
  return editFollowUp(text, { question, sql }, { ...periods, values, coverage, schema })
}

const LAST_WEEK = "SELECT count(*) FROM orders WHERE order_date >= '2026-11-09' AND order_date < '2026-11-16'"
const france = { column: 'customers.country', value: 'France', matched: 'France' }

describe('a follow-up changes the query before it', () => {
  test('to another period', () => {
    expect(edited('And in the week before?', 'How many orders last week?', LAST_WEEK)).toBe(
      "SELECT count(*) FROM orders WHERE order_date >= '2026-11-02' AND order_date < '2026-11-09'",
    )
    expect(edited('what about last month', 'How many orders last week?', LAST_WEEK)).toContain("< '2026-11-01'")
  })

  test('to another period that few words name', () => {
    const march = "SELECT count(*) FROM orders WHERE order_date >= '2026-03-01' AND order_date < '2026-04-01'"
    const april = "SELECT count(*) FROM orders WHERE order_date >= '2026-04-01' AND order_date < '2026-05-01'"
    expect(edited('And April?', 'How many orders were placed in March?', march)).toBe(april)
    expect(edited('April instead', 'How many orders were placed in March?', march)).toBe(april)
    expect(edited('April?', 'How many orders were placed in March?', march)).toBe(april)
    expect(edited('vs April?', 'How many orders were placed in March?', march)).toBeNull()
    const year = "SELECT count(*) FROM orders WHERE strftime('%Y', order_date) = '2025'"
    expect(edited('and 2024?', 'orders in 2025', year)).toBe(year.replace('2025', '2024'))
  })

  test('to a value, with its column named beside it', () => {
    const orders = 'SELECT count(*) FROM orders JOIN customers ON orders.customer_id = customers.id'
    const inFrance = `${orders} WHERE customers.country = 'France'`
    for (const text of ['And in the country France?', 'only in France country'])
      expect(edited(text, 'How many orders?', orders, [france])).toBe(inFrance)
    expect(edited('And the country of France?', 'How many orders?', orders, [france])).toBeNull()
  })

  test('to more or fewer rows', () => {
    const top = 'SELECT name FROM products ORDER BY price DESC LIMIT 5'
    const question = 'Which are the 5 most expensive products?'
    expect(edited('top 10 instead', question, top)).toBe(top.replace('5', '10'))
    expect(edited('Only the top three, please.', question, top)).toBe(top.replace('5', '3'))
    expect(edited('make it 20', question, top)).toBe(top.replace('5', '20'))
    expect(edited('10 instead', 'the 5 cheapest products', top.replace(' DESC', ''))).toBe(
      top.replace(' DESC LIMIT 5', ' LIMIT 10'),
    )
  })

  test.each([
    ['top 10 instead', 'SELECT name FROM products ORDER BY price LIMIT 5'],
    ['top 10 instead', 'SELECT name FROM products LIMIT 5'],
    ['top 10 instead', 'SELECT name FROM products ORDER BY price DESC'],
    ['top 10 instead', 'SELECT name FROM products ORDER BY price DESC LIMIT 5 OFFSET 5'],
    ['bottom 10 instead', 'SELECT name FROM products ORDER BY price DESC LIMIT 5'],
    ['top 10 by name instead', 'SELECT name FROM products ORDER BY price DESC LIMIT 5'],
    ['and 10?', 'SELECT name FROM products ORDER BY price DESC LIMIT 5'],
    ['top 0', 'SELECT name FROM products ORDER BY price DESC LIMIT 5'],
  ])('but not to other rows: %s behind %s', (text, sql) => {
    expect(edited(text, 'Which products?', sql)).toBeNull()
  })

  test('by one more condition', () => {
    expect(edited('only customers in France', 'How many orders last week?', LAST_WEEK, [france])).toBe(
      `${LAST_WEEK} AND customers.country = 'France'`,
    )
    expect(edited('Only in France', 'Orders?', 'SELECT id FROM orders ORDER BY id LIMIT 5', [france])).toBe(
      "SELECT id FROM orders WHERE customers.country = 'France' ORDER BY id LIMIT 5",
    )
  })

  test('in place of the value before', () => {
    const sql = "SELECT count(*) FROM customers WHERE country = 'Spain'"
    expect(edited('And in France?', 'How many customers are in Spain?', sql, [france])).toBe(
      "SELECT count(*) FROM customers WHERE country = 'France'",
    )
  })

  test('in place of the value before by nothing but another one', () => {
    const sql = "SELECT count(*) FROM customers WHERE country = 'Spain'"
    expect(edited('France?', 'How many customers are in Spain?', sql, [france])).toBe(sql.replace('Spain', 'France'))
    expect(edited('France instead', 'How many customers are in Spain?', sql, [france])).toContain("= 'France'")
    const all = 'SELECT count(*) FROM customers'
    expect(edited('France?', 'How many customers?', all, [france])).toBeNull()
    expect(edited('France instead', 'How many customers?', all, [france])).toBeNull()
  })

  test('unless it is about another table than the question before', () => {
    const sql = "SELECT count(*) FROM orders JOIN customers ON customers.id = customer_id WHERE country = 'Spain'"
    expect(edited('and customers in France?', 'How many orders in Spain?', sql, [france])).toBeNull()
    expect(edited('and customers last month?', 'How many orders last week?', LAST_WEEK)).toBeNull()
    expect(edited('and customers in France?', 'orders of customers in Spain?', sql, [france])).toContain("= 'France'")
  })

  test('in place of each mention of it', () => {
    const share =
      "SELECT (SELECT sum(o.id) FROM orders o JOIN customers c ON o.customer_id = c.id WHERE c.country = 'Spain') / (SELECT count(*) FROM customers WHERE country = 'Spain')"
    expect(edited('and in France?', 'What is the share of Spain?', share, [france])).toBe(
      share.replaceAll('Spain', 'France'),
    )
  })

  test('by the column of the table that the value is in', () => {
    const acme = "SELECT count(*) FROM orders JOIN customers c ON orders.customer_id = c.id WHERE c.name = 'Acme'"
    const widget = { column: 'products.name', value: 'Widget', matched: 'Widget' }
    expect(edited('And only Widget?', 'How many orders of Acme?', acme, [widget])).toBe(
      `${acme} AND products.name = 'Widget'`,
    )
    expect(edited('and only in France', 'How many orders of Acme?', acme, [france])).toBe(
      `${acme} AND c.country = 'France'`,
    )
  })

  test.each([
    "country IN ('Spain', 'Italy')",
    "country <> 'Spain'",
    "NOT country = 'Spain'",
    "NOT (country = 'Spain')",
    "country = 'Spain' OR name = 'Acme'",
    "lower(country) = 'spain'",
    "country LIKE 'Spain%'",
    "country = 'Spain' AND id IN (SELECT id FROM customers WHERE country = 'Italy')",
  ])('but not where the query asks for more than one value: %s', (condition) => {
    const sql = `SELECT count(*) FROM customers WHERE ${condition}`
    expect(edited('and in France?', 'How many customers?', sql, [france])).toBeNull()
  })

  test('nor where there is nothing that a condition could belong to', () => {
    const sql = 'SELECT (SELECT count(*) FROM orders) / (SELECT count(*) FROM customers)'
    expect(edited('and in France?', 'Orders per customer?', sql, [france])).toBeNull()
  })

  test('to a month of the year before', () => {
    const year = "SELECT count(*) FROM orders WHERE order_date >= '2024-01-01' AND order_date < '2025-01-01'"
    expect(edited('and in March?', 'How many orders in 2024?', year)).toContain(">= '2024-03-01'")
    expect(edited('only in Q1', 'How many orders in 2024?', year)).toContain(
      ">= '2024-01-01' AND order_date < '2024-04-01'",
    )
    expect(edited('and in March 2025?', 'How many orders in 2024?', year)).toContain(">= '2025-03-01'")
    const lastYear = "SELECT count(*) FROM orders WHERE order_date >= '2025-01-01' AND order_date < '2026-01-01'"
    expect(edited('and in December?', 'How many orders last year?', lastYear)).toContain(">= '2025-12-01'")
    const march = "SELECT count(*) FROM orders WHERE order_date >= '2024-03-01' AND order_date < '2024-04-01'"
    expect(edited('and in April?', 'How many orders in March 2024?', march)).toContain(">= '2024-04-01'")
    const month = "SELECT count(*) FROM orders WHERE order_date >= '2026-10-01' AND order_date < '2026-11-01'"
    expect(edited('and in December?', 'How many orders last month?', month)).toContain(">= '2025-12-01'")
  })

  test('unless it asks for more, or the query is not that simple', () => {
    expect(edited('And the average amount in France?', 'Orders?', LAST_WEEK, [france])).toBeNull()
    expect(edited('How many orders were there in France?', 'Orders?', LAST_WEEK, [france])).toBeNull()
    expect(edited('only in France', 'Orders?', 'SELECT id FROM orders WHERE id = 1 OR id = 2', [france])).toBeNull()
    expect(
      edited('and last month?', 'Orders yesterday', "SELECT 1 FROM orders WHERE order_date = '2026-11-17'"),
    ).toBeNull()
    expect(edited('only in France', 'Orders?', 'no SQL (', [france])).toBeNull()
  })
})
