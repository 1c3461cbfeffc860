import { describe, expect, test } from 'vitest'
import { schemaNames } from '../../sql/schema-names.ts'
import { schemaOf, table } from '../../testing/school-schema.ts'
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
  ['SELECT sum(unit_price), sum(Quantity) FROM items', 'revenue and quantity'],
  ['SELECT sum(price) FROM products', 'revenue'],
  ['SELECT max(unit_price) FROM items', 'revenue'],
])('%s for "%s" stays', (sql, question) => {
  expect(fixed(sql, question)).toEqual({ sql, notes: [] })
})

describe('stays where that is no sum of what was sold', () => {
  test.each([
    ['what a row comes to', 'total_price REAL', 'quantity INTEGER'],
    ['what a row comes to without tax', '"net price" REAL', 'quantity INTEGER'],
    ['what an order comes to', 'order_price REAL', 'quantity INTEGER'],
    ['what a row comes to, in one word', 'linePrice REAL', 'quantity INTEGER'],
    ['what lies in store', 'price REAL', 'quantity_in_stock INTEGER'],
    ['what is ordered anew', 'unit_price REAL', 'min_reorder_qty INTEGER'],
  ])('%s', (_, price, quantity) => {
    const lines = table('lines', 'product_id INTEGER > products.id', price, quantity)
    const column = lines.columns[1]?.name ?? ''
    const sql = `SELECT sum("${column}") FROM lines`
    const kept = priceTimesQuantity(
      sql,
      'total revenue',
      schemaNames(schemaOf(table('products', 'id! INTEGER'), lines)),
    )
    expect(kept).toEqual({ sql, notes: [] })
  })

  test('a list of products that purchases point to', () => {
    const bought = schemaNames(
      schemaOf(
        table('products', 'id! INTEGER', 'maker_id INTEGER > makers.id', 'price REAL', 'quantity INTEGER'),
        table('makers', 'id! INTEGER'),
        table('purchases', 'id! INTEGER', 'product_id INTEGER > products.id'),
      ),
    )
    const sql = 'SELECT sum(p.price) FROM purchases u JOIN products p ON u.product_id = p.id'
    expect(priceTimesQuantity(sql, 'How much was spent?', bought)).toEqual({ sql, notes: [] })
  })
})

test('a table of its own counts where it is dated', () => {
  const sales = table('sales', 'sold_on DATE', 'priceEach REAL', 'quantitySold INTEGER')
  const dated = {
    ...sales,
    columns: sales.columns.map((one, at) => (at === 0 ? { ...one, dateFormat: 'date' as const } : one)),
  }
  const sql = 'SELECT sum(priceEach) FROM sales'
  expect(priceTimesQuantity(sql, 'revenue', schemaNames(schemaOf(dated))).sql).toContain('priceEach * quantitySold')
  expect(priceTimesQuantity(sql, 'revenue', schemaNames(schemaOf(sales))).sql).toBe(sql)
})
