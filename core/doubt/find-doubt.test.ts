import { describe, expect, test } from 'vitest'
import { unaskedInFigure } from '../fit/unasked/drop-unasked.ts'
import { schemaNames } from '../sql/schema-names.ts'
import { plainColumn, SCHOOL, schemaOf, table } from '../testing/school-schema.ts'
import { findDoubt } from './find-doubt.ts'
import { ignoredTable } from './ignored-table.ts'
import { senselessFigure } from './senseless-figure.ts'

/** The doubt about a query that found something; its kind, or null. */
function doubtAbout(
  question: string,
  sql: string,
  values: { column: string; value: string; matched: string }[] = [],
  missing: string[] = [],
  schema = SCHOOL,
) {
  const outcome = { kind: 'rows' as const, columns: ['a'], rows: [['x']], truncated: false, ms: 1 }
  const attempt = { candidate: { sql, origin: 'first' as const, logProb: null }, outcome, notes: [], ms: 1 }
  const asked = [question, ...values.map(({ value }) => value)]
  const expected = { question, asked, values, periods: [], schema, names: schemaNames(schema) }
  const unknownValues = missing.map((value) => ({ table: 'students', column: 'name', value }))
  return findDoubt({ attempt, unknownNames: [], unknownValues }, expected)?.kind ?? null
}

test('the dates of a column are no numbers', () => {
  const trips = table('trips', 'id! INTEGER')
  trips.columns.push(plainColumn('left_on', 'TEXT', { dateFormat: 'date' }))
  trips.columns.push(plainColumn('seen_at', 'INTEGER', { dateFormat: 'epoch-seconds' }))
  const about = (sql: string) => senselessFigure(sql, schemaOf(trips))
  expect(about('SELECT avg(t.left_on) FROM trips AS t')).toEqual({ kind: 'dates-summed', column: 'left on' })
  expect(about('SELECT id FROM trips GROUP BY id ORDER BY sum(left_on)')).toMatchObject({ kind: 'dates-summed' })
  expect(about("SELECT avg(julianday('now') - julianday(left_on)), avg(seen_at), max(left_on) FROM trips")).toBe(
    undefined,
  )
  expect(about('SELECT count(*) / count(id), sum(id) / 2 FROM trips')).toBe(undefined)
})

test('what a figure counts by must have been asked for', () => {
  const orders = table('orders', 'id! INTEGER')
  const values = ['paid', 'cancelled']
  orders.columns.push(plainColumn('status', 'TEXT', { values, valuesComplete: true }))
  const sql = "SELECT avg(CASE WHEN status = 'cancelled' THEN 100.0 ELSE 0 END) FROM orders"
  expect(unaskedInFigure(sql, ['What share of orders was sent back?'], schemaOf(orders))).toBe('cancelled')
  expect(unaskedInFigure(sql, ['What share of orders was canceled?'], schemaOf(orders))).toBe(undefined)
  expect(unaskedInFigure("SELECT id FROM orders WHERE status = 'paid'", ['All orders'], schemaOf(orders))).toBe(
    undefined,
  )
})

test('a text that the database does not hold must have been asked for', () => {
  const sql = "SELECT count(*) FROM students WHERE name = 'anna' AND city = 'smith'"
  expect(doubtAbout('How many students are called Anna?', sql, [], ['anna', 'smith'])).toBe('text-invented')
  expect(doubtAbout('How many students are called Anna Smith?', sql, [], ['anna', 'smith'])).toBe(null)
})

describe('what the question says and the query does not', () => {
  test.each([
    ['Who is from the biggest city?', 'SELECT city FROM students', 'operation-ignored'],
    ['What is the average number of credits?', 'SELECT credits FROM courses', 'operation-ignored'],
    ['Which course has the most credits?', 'SELECT title FROM courses ORDER BY credits LIMIT 1', 'operation-ignored'],
    ['Who has the lowest grade?', 'SELECT id FROM enrolments ORDER BY grade DESC LIMIT 1', 'operation-ignored'],
    ['Show the top 3 courses', 'SELECT title FROM courses', 'operation-ignored'],
    ['Which students never enrolled?', 'SELECT name FROM students', 'operation-ignored'],
    ['List the courses sorted by credits', 'SELECT title FROM courses', 'operation-ignored'],
    ['How many students are there in each city?', 'SELECT count(*) FROM students', 'operation-ignored'],
    ['How many students are there?', 'SELECT name FROM students', 'operation-ignored'],
    ['Which courses have more than three credits?', 'SELECT title FROM courses WHERE credits > 10', 'number-invented'],
    ['Courses with twenty-four credits', 'SELECT title FROM courses WHERE credits = 27', 'number-invented'],
    ['What is the number of students in each city?', 'SELECT count(*) FROM students', 'operation-ignored'],
    ['Which course has the least credits?', 'SELECT title FROM courses', 'operation-ignored'],
    ['What are the names of students from here?', 'SELECT city FROM students', 'attribute-ignored'],
    ['What is our revenue?', 'SELECT count(*) FROM enrolments', 'operation-ignored'],
    ['Who enrolled in 2021?', 'SELECT name FROM students', 'number-ignored'],
    [
      'Which courses have more than 3 credits, and who are their teachers?',
      'SELECT title FROM courses WHERE credits > 3',
      'table-ignored',
    ],
    ['Name of every teacher with students', 'SELECT name FROM teachers', 'table-ignored'],
    [
      'What are the titles of courses?',
      'SELECT courses.title FROM courses JOIN enrolments ON enrolments.course_id = courses.id',
      'join-unasked',
    ],
    ['What is the median number of credits?', 'SELECT avg(credits) FROM courses', 'operation-ignored'],
    ['Which course sells best?', 'SELECT title FROM courses ORDER BY credits DESC LIMIT 1', 'operation-ignored'],
    [
      'What share of students is from Paris?',
      "SELECT count(*) FROM students WHERE city = 'Paris'",
      'operation-ignored',
    ],
    [
      'Courses per teacher',
      'SELECT teacher_id, count(*) / count(*) FROM courses GROUP BY teacher_id',
      'figure-senseless',
    ],
    [
      'Courses with more than 6 credits and those with less than 4',
      'SELECT title FROM courses WHERE credits BETWEEN 4 AND 6',
      'range-unasked',
    ],
    ['Courses with 4 to 6 credits', 'SELECT title FROM courses WHERE credits BETWEEN 6 AND 4', 'range-unasked'],
    ['Who teaches what?', 'SELECT title FROM students JOIN courses ON students.id = courses.teacher_id', 'odd-join'],
  ])('%s %s', (question, sql, kind) => {
    expect(doubtAbout(question, sql)).toBe(kind)
  })

  test.each([
    ['Which cities have at least 2 students?', 'SELECT city FROM students GROUP BY city HAVING count(*) > 1'],
    ['cities least 2 students', 'SELECT city FROM students GROUP BY city HAVING count(*) >= 2'],
    ['Courses with 4 to 6 credits', 'SELECT title FROM courses WHERE credits BETWEEN 4 AND 6'],
    ['How many credits do courses have on average?', 'SELECT avg(credits) FROM courses'],
    ['Courses with twenty-four credits', 'SELECT title FROM courses WHERE credits = 24'],
    ['City and number for every student', 'SELECT city, id FROM students'],
    ['Courses with at most ten credits', 'SELECT title FROM courses WHERE credits <= 10'],
    ['Which course has the most credits?', 'SELECT title FROM courses ORDER BY credits DESC LIMIT 1'],
    ['Half of all credits', 'SELECT sum(credits) / 2 FROM courses WHERE credits > 50'],
    ['Students who are not from Paris', "SELECT name FROM students WHERE city <> 'Paris'"],
    ['How many courses does each teacher have?', 'SELECT teacher_id, count(*) FROM courses GROUP BY teacher_id'],
    [
      'Titles of courses with enrolments',
      'SELECT T1.title FROM courses AS T1 JOIN enrolments AS T2 ON T2.course_id = T1.id',
    ],
    ['What are the names and cities of students?', 'SELECT name, city FROM students'],
  ])('%s %s is sound', (question, sql) => {
    expect(doubtAbout(question, sql)).toBeNull()
  })
})

test('a table that is called by a word of asking is named by its plural only', () => {
  const schema = schemaOf(table('customers', 'id! INTEGER', 'name TEXT'), table('orders', 'id! INTEGER'))
  const ignored = (question: string) => ignoredTable(question, 'SELECT name FROM customers', schema)?.name
  expect(ignored('customers in alphabetical order')).toBeUndefined()
  expect(ignored('customers with their orders')).toBe('orders')
})

describe('other ways to do what a question says', () => {
  const counts = ['num_emp INTEGER', 'no_of_offices INTEGER', 'deal_count INTEGER', 'qty_in_stock INTEGER']
  const firms = table('firms', 'id! INTEGER', 'name TEXT', 'founder_age INTEGER', ...counts)
  const figures = ['amt REAL', 'avg_rate REAL', 'chg REAL', 'total REAL', 'deal_total REAL', 'deal_number INTEGER']
  const deals = table('deals', 'id! INTEGER', 'firm_id INTEGER > firms.id', ...figures)
  test.each([
    ['What is our total revenue?', 'SELECT sum(amt) FROM deals', null],
    ['What is our total revenue?', 'SELECT sum(chg) FROM deals', null],
    ['What is our total revenue?', 'SELECT sum(firm_id) FROM deals', 'operation-ignored'],
    ['What is the average deal?', 'SELECT sum(amt) / count(*) FROM deals', null],
    ['What is the average rate of deal 7?', 'SELECT avg_rate FROM deals WHERE id = 7', null],
    ['How many employees does Acme have?', "SELECT num_emp FROM firms WHERE name = 'Acme'", null],
    ['How many firms are there?', 'SELECT id FROM firms', 'operation-ignored'],
    ['How many offices does Acme have?', "SELECT no_of_offices FROM firms WHERE name = 'Acme'", null],
    ['How many deals did Acme make?', "SELECT deal_count FROM firms WHERE name = 'Acme'", null],
    ['How many pens does Acme have?', "SELECT qty_in_stock FROM firms WHERE name = 'Acme'", null],
    ['How many deals did Acme make?', 'SELECT amt FROM deals', 'operation-ignored'],
    ['How many deals did Acme make?', 'SELECT total FROM deals', 'operation-ignored'],
    ['How many deals did Acme make?', 'SELECT deal_total FROM deals', 'operation-ignored'],
    ['How many deals did Acme make?', 'SELECT deal_number FROM deals', 'operation-ignored'],
    ['How many employees does Acme have?', "SELECT founder_age FROM firms WHERE name = 'Acme'", 'operation-ignored'],
  ])('%s %s', (question, sql, kind) => {
    expect(doubtAbout(question, sql, [], [], schemaOf(firms, deals))).toBe(kind)
  })
})

describe('values that the question names', () => {
  const paris = { column: 'students.city', value: 'Paris', matched: 'Paris' }
  test('a name with a capital, or in quotes, must be in the query', () => {
    expect(doubtAbout('Students from Paris', 'SELECT id FROM students', [paris])).toBe('value-ignored')
    expect(doubtAbout('Students from "Paris"', 'SELECT id FROM students', [paris])).toBe('value-ignored')
    expect(doubtAbout('Students from Paris', "SELECT id FROM students WHERE city LIKE '%paris%'", [paris])).toBeNull()
  })

  test('a word that may be just a word need not be', () => {
    const spring = { column: 'courses.title', value: 'Spring', matched: 'spring' }
    expect(doubtAbout('Students who like spring', 'SELECT id FROM students', [spring])).toBeNull()
  })

  test('a part of a longer value that is used', () => {
    const city = { column: 'students.city', value: 'Paris Nord', matched: 'Paris Nord' }
    const sql = "SELECT id FROM students WHERE city = 'Paris Nord'"
    expect(doubtAbout('Students from Paris Nord', sql, [paris, city])).toBeNull()
  })
})
