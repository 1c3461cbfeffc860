import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestAssistant, type TestAssistant } from '../../testing/open-test-assistant.ts'
import { scriptedGenerator } from '../../testing/scripted-generator.ts'

const DUMP = `
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, points INTEGER NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id), status TEXT NOT NULL, pieces INTEGER NOT NULL, paid REAL);
CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price REAL);
INSERT INTO customers VALUES (1, 'Ann', 5), (2, 'Bob', 7), (3, 'Cleo', 9);
INSERT INTO orders VALUES (1, 1, 'cancelled', 3, 10), (2, 2, 'shipped', 4, 15), (3, NULL, 'shipped', 3, 20);
INSERT INTO products VALUES (1, 'Gift', NULL), (2, 'Pen', 2.5), (3, 'Book', 12);
`

const WRITTEN = [
  { when: /never ordered/, say: 'SELECT count(*) FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)' },
  {
    when: /without a shipped order/,
    say: "SELECT name FROM customers WHERE id NOT IN (SELECT o.customer_id FROM orders AS o WHERE o.status = 'shipped')",
  },
  {
    when: /without an order of a common status/,
    say: 'SELECT name FROM customers WHERE id NOT IN (SELECT customer_id FROM orders WHERE status IN (SELECT status FROM orders GROUP BY status HAVING count(*) > 1))',
  },
  { when: /cheapest product/, say: 'SELECT name FROM products ORDER BY price LIMIT 1' },
  { when: /customer has the lowest points/, say: 'SELECT name FROM customers ORDER BY points ASC LIMIT 1' },
  {
    when: /share of orders was cancelled/,
    say: "SELECT sum(CASE WHEN status = 'cancelled' THEN 1 ELSE 0 END) / count(*) FROM orders",
  },
  {
    when: /percentage of customers ordered/,
    say: 'SELECT 100 * count(DISTINCT customer_id) / (SELECT count(*) FROM customers) FROM orders',
  },
  { when: /average paid/, say: 'SELECT sum(paid) / count(*) FROM orders' },
  { when: /in tens/, say: 'SELECT points / 10, count(*) FROM customers GROUP BY points / 10' },
]

let shop: TestAssistant

beforeAll(async () => {
  shop = await openTestAssistant({ dumps: { shop: DUMP }, generator: scriptedGenerator(WRITTEN) })
})
afterAll(() => shop.close())

async function asked(question: string) {
  const { answer } = await shop.ask(question)
  if (answer.kind !== 'answered') throw new Error(answer.kind)
  return { rows: answer.result.rows, sql: answer.sql, notes: answer.trace.attempts.flatMap(({ notes }) => notes) }
}

test('an order without a customer does not hide the customers without an order', async () => {
  expect(await asked('How many customers never ordered?')).toEqual({
    rows: [[1]],
    sql: 'SELECT count(*) FROM customers WHERE id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL)',
    notes: [],
  })
  expect((await asked('Names of customers without a shipped order')).rows).toEqual([['Ann'], ['Cleo']])
  expect((await asked('Names of customers without an order of a common status')).rows).toEqual([['Ann'], ['Cleo']])
})

test('a price that is missing is not the lowest', async () => {
  expect((await asked('Name of the cheapest product')).rows).toEqual([['Pen']])
})

test('a column that has no gaps is sorted as it was written', async () => {
  const { sql } = await asked('Which customer has the lowest points?')
  expect(sql).toBe('SELECT name FROM customers ORDER BY points ASC LIMIT 1')
})

test('shares and averages of whole numbers keep their fractions', async () => {
  expect((await asked('What share of orders was cancelled?')).rows[0]?.[0]).toBeCloseTo(1 / 3)
  expect((await asked('What percentage of customers ordered?')).rows[0]?.[0]).toBeCloseTo(200 / 3)
})

test('what has fractions anyway, and numbers that are sorted into classes, stay as they are', async () => {
  expect((await asked('What is the average paid per order?')).sql).toBe('SELECT sum(paid) / count(*) FROM orders')
  const { sql } = await asked('How many customers have how many points in tens?')
  expect(sql).toBe('SELECT points / 10, count(*) FROM customers GROUP BY points / 10')
})
