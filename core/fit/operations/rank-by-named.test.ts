import { expect, test } from 'vitest'
import { schemaNames } from '../../sql/schema-names.ts'
import { schemaOf, table } from '../../testing/school-schema.ts'
import { rankByNamed } from './rank-by-named.ts'

const names = schemaNames(
  schemaOf(
    table('products', 'id! INTEGER', 'name TEXT', 'price REAL'),
    table('items', 'id! INTEGER', 'product_id INTEGER > products.id', 'quantity INTEGER', 'price REAL', 'size TEXT'),
  ),
)
const sold = (order: string, select = 'p.name') =>
  `SELECT ${select} FROM products p JOIN items i ON i.product_id = p.id GROUP BY p.id ORDER BY ${order} DESC LIMIT 5`

test('what a question ranks by is added up where rows were counted', () => {
  expect(rankByNamed(sold('COUNT(*)'), 'What are our 5 best selling products by quantity?', names)).toEqual({
    sql: sold('sum(i.quantity)'),
    notes: ['Ranked by the sum of quantity, which the question names.'],
  })
})

test.each([
  [sold('count(*)'), 'top 5 products by number of items'],
  [sold('sum(i.quantity)'), 'top 5 products by quantity'],
  [sold('count(*)', 'p.name, count(*)'), 'top 5 products by quantity'],
  // Two tables have one.
  [sold('count(*)'), 'top 5 products by price'],
  [sold('count(*)'), 'top 5 products by size'],
  ['SELECT size FROM items GROUP BY size ORDER BY count(*) DESC', 'the commonest sizes'],
])('%s for "%s" stays', (sql, question) => {
  expect(rankByNamed(sql, question, names)).toEqual({ sql, notes: [] })
})
