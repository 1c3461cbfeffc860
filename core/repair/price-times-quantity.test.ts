import { expect, test } from 'vitest'
import { schemaNames } from '../names/schema-names.ts'
import { schemaOf, table } from '../testing/school-schema.ts'
import { priceTimesQuantity } from './price-times-quantity.ts'

const names = schemaNames(
  schemaOf(
    table('products', 'id! INTEGER', 'price REAL'),
    table('items', 'id! INTEGER', 'product_id INTEGER > products.id', 'quantity INTEGER', 'unit_price REAL'),
  ),
)
const fixed = (sql: string, question = 'top products by revenue') => priceTimesQuantity(sql, question, names)

test('prices of pieces are taken as often as they were sold', () => {
  const sql = 'SELECT p.id FROM products p JOIN items i ON i.product_id = p.id GROUP BY p.id ORDER BY'
  expect(fixed(`${sql} sum(i.unit_price) DESC`)).toEqual({
    sql: `${sql} sum(i.unit_price * i.quantity) DESC`,
    notes: ['Prices were taken times the quantity sold.'],
  })
  expect(fixed('SELECT sum(unit_price) FROM items').sql).toBe('SELECT sum(unit_price * quantity) FROM items')
})

test.each([
  ['SELECT sum(unit_price) FROM items', 'What is the total unit price of all items?'],
  ['SELECT sum(unit_price * quantity) FROM items', 'revenue'],
  ['SELECT sum(unit_price), sum(quantity) FROM items', 'revenue and quantity'],
  ['SELECT sum(price) FROM products', 'revenue'],
  ['SELECT max(unit_price) FROM items', 'revenue'],
])('%s for "%s" stays', (sql, question) => {
  expect(fixed(sql, question)).toEqual({ sql, notes: [] })
})
