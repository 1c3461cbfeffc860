import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { schemaNames } from '../sql/schema-names.ts'
import { openTestAssistant, type TestAssistant } from '../testing/open-test-assistant.ts'
import { schemaOf, table } from '../testing/school-schema.ts'
import { scriptedGenerator } from '../testing/scripted-generator.ts'
import { COUNTS_AND_AVERAGES, repeatedRows, SUMS } from './repeated-rows.ts'

const SHOP = schemaOf(
  table('customers', 'id! INTEGER', 'name TEXT', 'country TEXT', 'credit REAL'),
  table('orders', 'id! INTEGER', 'customer_id INTEGER > customers.id', 'total REAL'),
  table('products', 'id! INTEGER', 'name TEXT', 'category TEXT', 'brand_name TEXT', 'price REAL'),
  table(
    'order_items',
    'id! INTEGER',
    'order_id INTEGER > orders.id',
    'product_id INTEGER > products.id',
    'quantity INTEGER',
    'unit_price REAL',
  ),
  table('payments', 'id! INTEGER', 'order_id INTEGER > orders.id', 'amount REAL'),
  { ...table('invoices', 'id! INTEGER', 'order_id INTEGER > orders.id', 'due REAL'), uniqueKeys: [['order_id']] },
)

const PAID = 'payments JOIN orders ON payments.order_id = orders.id'
const ITEMS = 'orders JOIN order_items i ON i.order_id = orders.id JOIN products p ON p.id = i.product_id'

/** "sum payments by order_items" */
function repeatedBy(sql: string): string | null {
  const found = repeatedRows(sql, [...SUMS, ...COUNTS_AND_AVERAGES], { schema: SHOP, names: schemaNames(SHOP) })
  return found ? `${found.aggregate} ${found.table.name} by ${found.by.name}` : null
}

describe('rows that a join repeats', () => {
  test.each([
    [
      `SELECT category, SUM(amount) FROM ${PAID} JOIN order_items i ON i.order_id = orders.id JOIN products ON products.id = product_id GROUP BY category`,
      'sum payments by order_items',
    ],
    [
      'SELECT TOTAL(p.amount) FROM payments p JOIN order_items i ON i.order_id = p.order_id',
      'total payments by order_items',
    ],
    ['SELECT TOTAL(p.amount) FROM payments p JOIN order_items i USING (order_id)', 'total payments by order_items'],
    [`SELECT SUM(total * 1.2) FROM ${ITEMS} WHERE category = 'Toys'`, 'sum orders by order_items'],
    ['SELECT SUM(total) FROM orders, order_items WHERE order_id = orders.id', 'sum orders by order_items'],
    ['SELECT COUNT(c.name) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id', 'count customers by orders'],
    ['SELECT AVG(credit) FROM customers c JOIN orders o ON o.customer_id = c.id', 'avg customers by orders'],
    [
      'SELECT c.id, SUM(credit) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY 1',
      'sum customers by orders',
    ],
    [`SELECT brand_name, SUM(total) FROM ${ITEMS} GROUP BY brand_name`, 'sum orders by order_items'],
    [`SELECT category FROM ${ITEMS} GROUP BY category HAVING SUM(total) > 9`, 'sum orders by order_items'],
    [`SELECT category FROM ${ITEMS} GROUP BY category ORDER BY SUM(total) DESC`, 'sum orders by order_items'],
    [`SELECT name FROM products WHERE price > (SELECT SUM(total) FROM ${ITEMS})`, 'sum orders by order_items'],
  ])('%s', (sql, repeated) => {
    expect(repeatedBy(sql)).toBe(repeated)
  })

  test.each([
    ['the many side is summed', `SELECT category, SUM(quantity * unit_price) FROM ${ITEMS} GROUP BY category`],
    ['with a factor of the one side', `SELECT SUM(i.quantity * p.price) FROM ${ITEMS}`],
    [
      'to-one joins',
      `SELECT country, SUM(amount) FROM ${PAID} JOIN customers c ON c.id = customer_id GROUP BY country`,
    ],
    ['a unique key', 'SELECT SUM(total) FROM orders JOIN invoices ON order_id = orders.id'],
    ['the highest', `SELECT MAX(total), MIN(total) FROM ${ITEMS}`],
    ['different ones', `SELECT COUNT(DISTINCT orders.id) FROM ${ITEMS}`],
    ['rows', `SELECT COUNT(*) FROM ${ITEMS}`],
    ['one row of the many side', `SELECT SUM(total) FROM ${ITEMS} WHERE i.id = 3`],
    ['the remaining key', `SELECT SUM(total) FROM ${ITEMS} WHERE i.product_id = 3`],
    ['the remaining key by name', `SELECT SUM(total) FROM ${ITEMS} WHERE p.name = 'Kite'`],
    ['a group of the remaining key', `SELECT p.id, SUM(total) FROM ${ITEMS} GROUP BY p.id`],
    ['joined rows of one', 'SELECT COUNT(c.id) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id'],
    ['a window', `SELECT SUM(total) OVER (ORDER BY orders.id) FROM ${ITEMS}`],
    ['IN', 'SELECT SUM(total) FROM orders WHERE id IN (SELECT order_id FROM order_items)'],
    ['EXISTS', 'SELECT SUM(total) FROM orders o WHERE EXISTS (SELECT 1 FROM order_items i WHERE i.order_id = o.id)'],
    [
      'grouped before the join',
      'SELECT SUM(total) FROM orders JOIN (SELECT order_id FROM order_items GROUP BY order_id) i ON i.order_id = orders.id',
    ],
    [
      'a WITH query of the same name',
      'WITH order_items AS (SELECT DISTINCT order_id FROM payments) SELECT SUM(total) FROM orders JOIN order_items i ON i.order_id = orders.id',
    ],
    ['no key', 'SELECT SUM(price) FROM products JOIN customers ON products.name = customers.country'],
    ['no SQL', 'what is this'],
  ])('no doubt: %s', (_, sql) => {
    expect(repeatedBy(sql)).toBeNull()
  })
})

const DUMP = `
CREATE TABLE orders (id INTEGER PRIMARY KEY, placed_on DATE);
CREATE TABLE order_items (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders(id), category TEXT, quantity INTEGER, unit_price REAL);
CREATE TABLE payments (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders(id), amount REAL);
INSERT INTO orders VALUES (1, '2026-11-02'), (2, '2026-11-03');
INSERT INTO order_items VALUES (1, 1, 'Toys', 2, 5), (2, 1, 'Toys', 1, 7), (3, 2, 'Books', 1, 9);
INSERT INTO payments VALUES (1, 1, 17), (2, 2, 9);
`
const JOINED = 'FROM payments JOIN orders ON payments.order_id = orders.id JOIN order_items i ON i.order_id = orders.id'
const RIGHT = 'SELECT category, SUM(quantity * unit_price) AS revenue FROM order_items GROUP BY category'

describe('an answer over repeated rows', () => {
  const generator = scriptedGenerator([
    { when: /takes it several times/, say: RIGHT },
    { when: /Revenue/, say: `SELECT category, SUM(amount) AS revenue ${JOINED} GROUP BY category` },
    { when: /Payments/, say: `SELECT category, SUM(amount) AS revenue ${JOINED} GROUP BY category` },
    { when: /How many/, say: `SELECT COUNT(amount) ${JOINED}` },
    { when: /average/, say: `SELECT AVG(amount) ${JOINED}` },
  ])
  const shops: TestAssistant[] = []
  beforeAll(async () => {
    shops.push(await openTestAssistant({ dumps: { shop: DUMP }, generator }))
    shops.push(await openTestAssistant({ dumps: { shop: DUMP }, generator, settings: { without: ['repair'] } }))
  })
  afterAll(async () => {
    for (const shop of shops) await shop.close()
  })

  test('is tried again with words on what to sum instead', async () => {
    const answer = (await shops[0]?.ask('Revenue per category'))?.answer
    expect(answer).toMatchObject({ kind: 'answered', sql: RIGHT, notes: [] })
    expect(generator.requests.at(-1)?.messages.at(-1)?.content).toContain(
      'This query joins every row of payments with several rows of order_items, so that sum() takes it several times. Sum order_items.quantity * order_items.unit_price, or use a subquery',
    )
  })

  test('says so where no try does better', async () => {
    const answer = (await shops[1]?.ask('Payments per category'))?.answer
    expect(answer?.kind === 'answered' && answer.notes).toEqual([
      'This answer is doubtful: each row of payments is counted once for every row of order items that belongs to it, so that numbers may be too high. Check below what was computed.',
    ])
  })

  test.each([
    ['average', 'What is the average amount?'],
    ['count', 'How many payments are there?'],
  ])('keeps an average or a count, which may be meant so, and says what it is over: %s', async (word, question) => {
    const answer = (await shops[0]?.ask(question))?.answer
    expect(answer?.kind === 'answered' && answer.notes).toEqual([
      `In this ${word} each row of payments is counted once for every row of order items that belongs to it.`,
    ])
  })
})
