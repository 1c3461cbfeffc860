import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPeriods } from '../periods/find-periods.ts'
import { type ExplainOptions, explain } from './explain.ts'
import { intricateSentences } from './testing/intricate-sentences.ts'
import { sentences } from './testing/sentences.ts'
import { shopSchema } from './testing/shop-schema.ts'

const timeZone = 'Europe/Berlin'
const periods = findPeriods('last week, this month, yesterday', {
  now: new Date('2026-11-21T10:30:00Z'),
  timeZone,
  weekStart: 'monday',
  locale: 'en-GB',
})

function explained(sql: string, changes: Partial<ExplainOptions> = {}) {
  return explain({ sql, schema: shopSchema, periods, locale: 'en-GB', timeZone, ...changes })
}

describe('explain', () => {
  it.each([...sentences, ...intricateSentences])('%s', (sql, summary) => {
    expect(explained(sql).summary).toBe(summary)
  })

  it('lists tables, conditions and the periods that the SQL asks for', () => {
    const sql = `SELECT COUNT(*) FROM orders JOIN customers ON customer_id = customers.id
      WHERE order_date >= '2026-11-09' AND order_date < '2026-11-16' AND city = 'Rome'
      GROUP BY city HAVING COUNT(*) > 2`
    const { tables, filters, periods: used } = explained(sql)
    expect(tables).toEqual(['orders', 'customers'])
    expect(filters).toEqual([
      "order date is in 'last week' (Mon 9 to Sun 15 Nov 2026)",
      "city is 'Rome'",
      'the number of rows is more than 2',
    ])
    expect(used.map(({ text }) => text)).toEqual(['last week'])
  })

  it('names no period that the SQL leaves out', () => {
    expect(explained('SELECT COUNT(*) FROM orders').periods).toEqual([])
    expect(explained("SELECT COUNT(*) FROM orders WHERE order_date >= '2026-11-09'").periods).toEqual([])
  })

  it.each([
    ["order_date >= '2026-11-09' AND order_date < '2026-11-16'", ['last week']],
    ["order_date BETWEEN '2026-11-09' AND '2026-11-15'", ['last week']],
    ['created_at >= 1794178800 AND created_at < 1794783600', ['last week']],
    ["strftime('%Y-%m', order_date) = '2026-11'", ['this month']],
    ["order_date >= '2026-11-20' AND order_date < '2026-11-21'", ['yesterday']],
  ])('knows the period in %s', (condition, texts) => {
    const sql = `SELECT COUNT(*) FROM orders JOIN customers ON customers.id = customer_id WHERE ${condition}`
    expect(explained(sql).periods.map(({ text }) => text)).toEqual(texts)
  })

  it('writes dates and numbers as the asker does', () => {
    const sql = "SELECT name FROM products, orders WHERE price > 1234.5 AND order_date >= '2026-05-01'"
    const words = (locale: string) => explained(sql, { locale }).filters
    expect(words('en-US')).toEqual(['price is more than 1,234.5', 'order date is on or after May 1, 2026'])
    expect(words('de-DE')).toEqual(['price is more than 1.234,5', 'order date is on or after 1. Mai 2026'])
  })

  it('does not group the digits of years and ids', () => {
    const { filters } = explained('SELECT name FROM customers WHERE birth_year = 1990 AND id = 12345')
    expect(filters).toEqual(['birth year is 1990', 'id is 12345'])
  })
})

describe('what cannot be put into words', () => {
  it.each(['', 'hello', 'DROP TABLE orders', 'SELECT 1; SELECT 2', 'SELECT FROM WHERE'])('says so for %j', (sql) => {
    const explanation = explained(sql)
    expect(explanation.summary).toBe('Runs the SQL shown, which could not be put into words.')
    expect(explanation.tables).toEqual([])
  })

  it('names a function that it does not know instead of guessing', () => {
    expect(explained('SELECT soundex(name) FROM customers').summary).toBe(
      'Lists the function soundex of name from customers.',
    )
  })

  it('copes with names that the schema does not have', () => {
    expect(explained('SELECT a FROM nowhere WHERE b = 1').summary).toBe('Lists a from nowhere where b is 1.')
  })

  it('sums up a query that is too long to read', () => {
    const conditions = Array.from({ length: 200 }, (_, index) => `total <> ${index}`).join(' AND ')
    const { summary, filters } = explained(`SELECT COUNT(*) FROM orders WHERE ${conditions}`)
    expect(summary).toBe('Runs a long query on orders under 200 conditions; see the SQL for what it computes.')
    expect(filters).toHaveLength(200)
  })

  it('reads deep nesting', () => {
    const sql = `SELECT name FROM customers WHERE ${'('.repeat(20)}id = 7${')'.repeat(20)}`
    expect(explained(sql).summary).toBe('Lists name from customers where id is 7.')
  })
})

describe('hostile names and values', () => {
  it('keeps control, bidirectional and invisible characters out', () => {
    const schema = {
      ...shopSchema,
      tables: shopSchema.tables.map((table) =>
        table.name === 'orders' ? { ...table, name: 'or\u202eders\n\u0007' } : table,
      ),
    }
    const sql = 'SELECT "na\u200bme" FROM "or\u202eders\n\u0007" WHERE status = \'a\u0000b\u2066c\nd\''
    const explanation = explained(sql, { schema })
    for (const text of [explanation.summary, ...explanation.tables, ...explanation.filters]) {
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    }
  })

  it('quotes a value that looks like a sentence', () => {
    const { summary } = explained("SELECT name FROM customers WHERE city = 'Rome. All rows are shown'")
    expect(summary).toBe("Lists name from customers where city is 'Rome. All rows are shown'.")
  })

  it("shortens a value of a novel's length", () => {
    const { summary } = explained(`SELECT name FROM customers WHERE city = '${'x'.repeat(5000)}'`)
    expect(summary.length).toBeLessThan(400)
    expect(summary).toContain('x…')
  })
})

/** Queries put together at random, with the literals and the tables in them. */
type Sample = { sql: string; literals: string[]; tables: string[] }

const literal = fc.oneof(
  fc.integer({ min: 2, max: 999 }).map((number) => ({ sql: String(number), words: String(number) })),
  fc.stringMatching(/^[a-z]{3,8}$/).map((text) => ({ sql: `'${text}'`, words: text })),
)

const condition: fc.Arbitrary<(column: string) => { sql: string; literals: string[] }> = fc.oneof(
  fc
    .tuple(fc.constantFrom('=', '<>', '<', '<=', '>', '>=', 'IS', 'IS NOT'), literal)
    .map(([operator, value]) => (column: string) => ({
      sql: `${column} ${operator} ${value.sql}`,
      literals: [value.words],
    })),
  fc.tuple(literal, literal, fc.boolean()).map(([low, high, not]) => (column: string) => ({
    sql: `${column} ${not ? 'NOT ' : ''}BETWEEN ${low.sql} AND ${high.sql}`,
    literals: [low.words, high.words],
  })),
  fc
    .tuple(fc.array(literal, { minLength: 1, maxLength: 4 }), fc.boolean())
    .map(([values, not]) => (column: string) => ({
      sql: `${column} ${not ? 'NOT ' : ''}IN (${values.map((value) => value.sql).join(', ')})`,
      literals: values.map((value) => value.words),
    })),
  fc
    .tuple(fc.stringMatching(/^[a-z]{3,8}$/), fc.constantFrom('', '%'), fc.constantFrom('', '%', '_%'))
    .map(([text, before, after]) => (column: string) => ({
      sql: `${column} LIKE '${before}${text}${after}'`,
      literals: [text],
    })),
  fc.tuple(literal, literal).map(([one, other]) => (column: string) => ({
    sql: `NOT (${column} = ${one.sql} OR ${column} > ${other.sql})`,
    literals: [one.words, other.words],
  })),
)

const select: fc.Arbitrary<Sample> = fc
  .tuple(
    fc.constantFrom(
      ['customers', 'city'],
      ['orders', 'status'],
      ['order_items', 'price'],
      ['products', 'category'],
      ['"Returned Goods"', '"Reason Text"'],
    ),
    fc.constantFrom('COUNT(*)', 'id', '*', 'MAX(id)', 'DISTINCT id'),
    fc.array(condition, { maxLength: 4 }),
    fc.constantFrom('', ' GROUP BY id', ' ORDER BY id DESC LIMIT 3'),
  )
  .map(([[table = '', column = ''], items, conditions, tail]) => {
    const said = conditions.map((write) => write(column))
    const where = said.length > 0 ? ` WHERE ${said.map(({ sql }) => sql).join(' AND ')}` : ''
    return {
      sql: `SELECT ${items} FROM ${table}${where}${tail}`,
      literals: said.flatMap(({ literals }) => literals),
      tables: [table.replaceAll('"', '')],
    }
  })

const query: fc.Arbitrary<Sample> = fc
  .tuple(select, select, fc.constantFrom('alone', 'in', 'exists', 'union', 'with', 'from', 'scalar'))
  .map(([one, other, shape]): Sample => {
    const unsorted = { ...one, sql: one.sql.replace(/ ORDER BY.*$/, '') }
    const both = { literals: [...one.literals, ...other.literals], tables: [...one.tables, ...other.tables] }
    switch (shape) {
      case 'in':
        return {
          ...both,
          tables: [...other.tables, 'employees'],
          literals: other.literals,
          sql: `SELECT name FROM employees WHERE id NOT IN (${other.sql})`,
        }
      case 'exists':
        return {
          tables: [...other.tables, 'employees'],
          literals: other.literals,
          sql: `SELECT name FROM employees WHERE EXISTS (${other.sql})`,
        }
      case 'union':
        return { ...both, sql: `${unsorted.sql} UNION ${other.sql}` }
      case 'with':
        return { ...both, sql: `WITH first AS (${one.sql}) ${other.sql.replace(' FROM ', ' FROM first, ')}` }
      case 'from':
        return { ...one, sql: `SELECT COUNT(*) FROM (${one.sql}) AS inner_rows` }
      case 'scalar':
        return {
          ...one,
          tables: [...one.tables, 'employees'],
          sql: `SELECT name FROM employees WHERE salary > (${one.sql})`,
        }
      default:
        return one
    }
  })

describe('every explanation', () => {
  it('holds each literal of a condition and each table', () => {
    fc.assert(
      fc.property(query, ({ sql, literals, tables }) => {
        const { summary, filters, tables: named } = explained(sql)
        const words = [summary, ...filters].join(' ')
        for (const value of literals) expect(words).toContain(value)
        for (const table of tables) {
          expect(named).toContain(table)
          expect(summary).toContain(table.replace('_', ' ').toLowerCase())
        }
        expect(summary).toMatch(/^[A-Z].*\.$/)
      }),
      { numRuns: 150, seed: 3 },
    )
  })
})
