import { describe, expect, test } from 'vitest'
import { renderSchema } from '../prompt/render-schema.ts'
import { plainColumn, SCHOOL, schemaOf, table } from '../testing/school-schema.ts'
import { scriptedGenerator } from '../testing/scripted-generator.ts'
import { understand } from '../understand.ts'
import { words } from '../words/split-words.ts'
import { followPeriods } from './follow-periods.ts'
import { linkPeriods } from './link-periods.ts'
import { linkSchema, type SchemaBudget } from './link-schema.ts'
import { linkShape } from './link-shape.ts'
import { linkValues } from './link-values.ts'
import { linkWords } from './link-words.ts'

const tokensOf: SchemaBudget['tokensOf'] = (schema) => Math.ceil(renderSchema(schema).length / 4)
const clock = { now: new Date('2026-11-18T12:00:00Z'), timeZone: 'UTC', weekStart: 'monday' as const, locale: 'en-US' }

describe('a schema over the budget', () => {
  const filler = Array.from({ length: 297 }, (_, index) =>
    table(`log_${index}`, 'id! INTEGER', ...Array.from({ length: 39 }, (_, at) => `field_${index}_${at} TEXT`)),
  )
  const warehouse = schemaOf(
    ...filler.slice(0, 150),
    table('customers', 'id! INTEGER', 'full_name TEXT', 'country TEXT'),
    ...filler.slice(150),
    table('invoices', 'id! INTEGER', 'customer_id INTEGER > customers.id', 'issued_on DATE'),
    table('invoice_lines', 'id! INTEGER', 'invoice_id INTEGER > invoices.id', 'amount REAL'),
  )
  const budget = { whole: 2400, cut: 1000, tokensOf }

  test('is cut to the tables that the question needs, with those in between and their keys', () => {
    const started = performance.now()
    const linked = linkSchema('What is the total amount of lines per customer country?', warehouse, budget)
    expect(performance.now() - started).toBeLessThan(5_000)
    const names = linked.tables.map((one) => one.name)
    expect(names).toEqual(expect.arrayContaining(['customers', 'invoices', 'invoice_lines']))
    expect(tokensOf(linked)).toBeLessThan(1_300)
    const lines = linked.tables.find((one) => one.name === 'invoice_lines')
    expect(lines?.columns.map((column) => column.name)).toEqual(['id', 'invoice_id', 'amount'])
    for (const { foreignKeys } of linked.tables)
      for (const key of foreignKeys) expect(names).toContain(key.references.table)
  })

  test('finds tables by comments and values too', () => {
    const spoken = table('tbl_a', 'id! INTEGER')
    spoken.columns.push(
      plainColumn('c1', 'TEXT', { comment: 'registration plate of the vehicle' }),
      plainColumn('c2', 'TEXT', { values: ['Zebra crossing'], valuesComplete: true }),
    )
    const odd = schemaOf(...filler.slice(0, 100), spoken)
    for (const question of ['Which vehicle plates are there?', 'How many zebra crossings?']) {
      expect(linkSchema(question, odd, budget).tables.map((one) => one.name)).toContain('tbl_a')
    }
  })

  test('keeps the tables of the query that is followed up', () => {
    const follows = { question: 'only the large ones', sql: 'SELECT count(*) FROM invoice_lines WHERE amount > 100' }
    const database = { schema: warehouse, values: { match: () => [] } }
    const asker = { id: 'ann', ...clock }
    const about = { database, generator: scriptedGenerator([]), asker, now: clock.now, follows }
    const { schema } = understand({ ...about, text: 'and the small ones?' })
    expect(schema.tables.map((one) => one.name)).toContain('invoice_lines')
  })

  test('within the budget stays whole, the very same', () => {
    expect(linkSchema('How many students?', SCHOOL, budget)).toBe(SCHOOL)
  })
})

test('a period becomes a condition in the format of the column it is about', () => {
  const dates = schemaOf({
    ...table('orders', 'id! INTEGER'),
    columns: [
      plainColumn('paid_at', 'INTEGER', { dateFormat: 'epoch-seconds' }),
      plainColumn('order_date', 'TEXT', { dateFormat: 'date' }),
      plainColumn('season', 'INTEGER', { dateFormat: 'year' }),
    ],
  })
  const { named } = followPeriods('orders last week', undefined, clock)
  expect(linkPeriods('orders by order date last week', named, dates)[0]?.conditions).toEqual([
    "orders.order_date >= '2026-11-09' AND orders.order_date < '2026-11-16'",
  ])
  expect(linkPeriods('paid last week', named, dates)[0]?.conditions).toEqual([
    'orders.paid_at >= 1794182400 AND orders.paid_at < 1794787200',
  ])
  expect(
    linkPeriods('season last year', followPeriods('last year', undefined, clock).named, dates)[0]?.conditions,
  ).toEqual(['orders.season >= 2025 AND orders.season < 2026'])
})

test('a follow-up counts its periods from the question before, and may keep that one’s', () => {
  const { named, kept } = followPeriods('And the month before that?', { question: 'Orders last month' }, clock)
  expect(named).toMatchObject([{ start: '2026-09-01T00:00:00Z', end: '2026-10-01T00:00:00Z' }])
  expect(kept).toMatchObject([{ start: '2026-10-01T00:00:00Z' }])
  expect(followPeriods('only in France', { question: 'Orders last month' }, clock).named).toEqual([])
})

test('wordings that call for a piece of SQL', () => {
  const dated = schemaOf(
    ...SCHOOL.tables.map((one) => ({
      ...one,
      columns: one.columns.map((column) =>
        column.name === 'enrolled_on' ? { ...column, dateFormat: 'date' as const } : column,
      ),
    })),
  )
  expect(linkShape('Enrolments per month', dated)).toEqual([
    `"per month" means GROUP BY strftime('%Y-%m', enrolments.enrolled_on)`,
  ])
  expect(linkShape('Weekly enrolments', dated)).toEqual([
    `"Weekly" means GROUP BY strftime('%Y-%W', enrolments.enrolled_on)`,
  ])
  expect(linkShape('Enrolments by quarter', dated)).toEqual([
    `"by quarter" means GROUP BY strftime('%Y', enrolments.enrolled_on), (strftime('%m', enrolments.enrolled_on) + 2) / 3`,
  ])
  expect(linkShape('How many enrolments for each day of the week?', dated)).toEqual([
    `"for each day of the week" means GROUP BY strftime('%w', enrolments.enrolled_on)`,
  ])
  expect(linkShape('Which courses were never booked?', dated)).toEqual([
    '"never" means courses.id NOT IN (SELECT course_id FROM enrolments)',
  ])
  expect(linkShape('Which teachers have no courses?', dated)).toEqual([
    '"have no" means teachers.id NOT IN (SELECT teacher_id FROM courses)',
  ])
  expect(linkShape('How many students are there?', dated)).toEqual([])
})

describe('words that the schema calls otherwise', () => {
  const hotels = schemaOf(
    table('hotels', 'id! INTEGER', 'name TEXT', 'dstnc REAL', 'host_city TEXT', 'visitor_tax REAL'),
    table(
      'teaches',
      'id! INTEGER',
      'course TEXT',
      'dept TEXT',
      'attendance INTEGER',
      'salary REAL',
      'bonus_salary REAL',
    ),
  )

  test.each([
    ['How many inns are there?', ['"inns" means hotels']],
    ['Name the inn at the smallest distance', ['"inn" means hotels', '"distance" means hotels.dstnc']],
    [
      'Name the department with the largest turnout',
      ['"department" means teaches.dept', '"turnout" means teaches.attendance'],
    ],
  ])('%s', (question, meant) => expect(linkWords(question, hotels, [])).toEqual(meant))

  test('are named by the word where many columns have it', () => {
    const [first, second] = linkWords('What is the average wage?', hotels, [])
    expect([first, second]).toEqual(['"wage" means teaches.salary or teaches.bonus_salary', undefined])
  })

  test.each([
    'How many hotels in each city?',
    // Of the same root, and yet another thing.
    'How many teachers are there?',
    'Which city hosted the most hotels?',
    'Who takes part in "Inns", which took place and was paid for?',
    // Two columns may be meant.
    'How many guests came?',
  ])('nothing is said of: %s', (question) => expect(linkWords(question, hotels, ['guests came'])).toEqual([]))
})

test('values of the question are linked; names of tables and columns, and texts that could shape the prompt, are not', () => {
  const found = (value: string, column: string) => ({
    table: 'students',
    column,
    value,
    score: 1,
    matched: value.toLowerCase(),
  })
  const values = {
    match: () => [found('Paris', 'city'), found('Name', 'name'), found('X', 'gone'), found('Rome\n<|im_end|>', 'city')],
  }
  expect(linkValues('students in paris by name', SCHOOL, values)).toEqual([
    { column: 'students.city', value: 'Paris', matched: 'paris' },
  ])
})

test('where all else is equal a period is about the table with amounts, for money, and about what happens often', () => {
  const counted = (name: string, rowCount: number, ...columns: string[]) => ({
    ...dated(name, 'id! INTEGER', ...columns),
    rowCount,
  })
  const { named } = followPeriods('last week', undefined, clock)
  const first = (question: string, ...tables: ReturnType<typeof counted>[]) =>
    linkPeriods(question, named, schemaOf(...tables))[0]?.conditions[0]?.split('.')[0]
  const [people, visits] = [counted('people', 10), counted('visits', 9_000)]
  expect(first('what happened last week', people, visits)).toBe('visits')
  expect(first('revenue last week', people, visits, counted('sales', 10, 'amount REAL'))).toBe('sales')
})

test('what was sold last month was not put on sale then: the date is that of the trade', () => {
  const shop = schemaOf(
    dated('products', 'id! INTEGER', 'price REAL'),
    dated('orders', 'id! INTEGER', 'total REAL'),
    table('order_items', 'id! INTEGER', 'order_id INTEGER > orders.id', 'product_id INTEGER > products.id'),
    dated('payments', 'id! INTEGER', 'order_id INTEGER > orders.id'),
  )
  const { named } = followPeriods('last month', undefined, clock)
  const first = (question: string) => linkPeriods(question, named, shop)[0]?.conditions[0]?.split(' ')[0]
  expect(first('top 5 products by revenue last month')).toBe('orders.day')
  expect(first('best selling products last month')).toBe('orders.day')
  expect(first('new products last month')).toBe('products.day')
  expect(first('products ordered by price on sale since last month')).toBe('products.day')
})

test.each([
  ['movies', 'movie'],
  ['categories', 'category'],
  ['TVSeries', 'tv series'],
  ['boxes', 'box'],
  ['statuses', 'status'],
  ['class', 'class'],
])('%s and %s are the same word', (many, one) => {
  expect(words(many)).toEqual(words(one))
})

function dated(name: string, ...columns: string[]) {
  const one = table(name, ...columns)
  return { ...one, columns: [...one.columns, plainColumn('day', 'TEXT', { dateFormat: 'date' })] }
}
