import { expect, test } from 'vitest'
import { followPeriods } from '../linking/follow-periods.ts'
import { linkPeriods } from '../linking/link-periods.ts'
import { schemaNames } from '../sql/schema-names.ts'
import { plainColumn, schemaOf, table } from '../testing/school-schema.ts'
import { misplacedPeriod } from './misplaced-period.ts'

const clock = { now: new Date('2026-11-18T12:00:00Z'), timeZone: 'UTC', weekStart: 'monday' as const, locale: 'en-US' }
const dated = (name: string, column: string, ...columns: string[]) => {
  const one = table(name, ...columns)
  return { ...one, columns: [...one.columns, plainColumn(column, 'TEXT', { dateFormat: 'date' })] }
}
const schema = schemaOf(
  dated('products', 'added_on', 'id! INTEGER', 'category TEXT', 'price REAL'),
  dated('sales', 'sold_on', 'id! INTEGER', 'product_id INTEGER > products.id', 'amount REAL'),
)
const OCTOBER = (column: string) => `${column} >= '2026-10-01' AND ${column} < '2026-11-01'`

/** The column that a period is on though the question is not about it. */
function misplaced(question: string, sql: string): string | undefined {
  const { named } = followPeriods(question, undefined, clock)
  const periods = linkPeriods(question, named, schema)
  const found = misplacedPeriod(sql, { question, periods, schema, names: schemaNames(schema) })
  return found && `${found.column.table}.${found.column.column.name}`
}

test('what was sold last month is not what was added last month', () => {
  const question = 'best selling products last month'
  expect(misplaced(question, `SELECT category FROM products AS p WHERE ${OCTOBER('p.added_on')}`)).toBe(
    'products.added_on',
  )
  const joined = 'SELECT p.category FROM products p JOIN sales s ON s.product_id = p.id'
  expect(misplaced(question, `${joined} WHERE ${OCTOBER('s.sold_on')}`)).toBeUndefined()
  expect(misplaced(question, `${joined} WHERE ${OCTOBER('sold_on')} AND p.added_on < '2026-11-01'`)).toBeUndefined()
})

test('the date that a question names is where its period belongs', () => {
  const sql = `SELECT category FROM products WHERE ${OCTOBER('added_on')}`
  expect(misplaced('products added last month', sql)).toBeUndefined()
  expect(misplaced('products last month', sql)).toBeUndefined()
  expect(misplaced('sales last month', sql)).toBe('products.added_on')
})
