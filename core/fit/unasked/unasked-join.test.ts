import { describe, expect, test } from 'vitest'
import { schemaNames } from '../../sql/schema-names.ts'
import { schemaOf, table } from '../../testing/school-schema.ts'
import { dropUnaskedJoins, unaskedJoin } from './unasked-join.ts'

const COLLEGE = schemaNames(
  schemaOf(
    table('instructor', 'id! INTEGER', 'name TEXT', 'dept TEXT > department.dept'),
    table('student', 'id! INTEGER', 'name TEXT', 'age INTEGER'),
    table('advisor', 's_id INTEGER > student.id', 'i_id INTEGER > instructor.id'),
    table('department', 'dept! TEXT', 'budget INTEGER'),
    table('room', 'room_id! INTEGER', 'dept TEXT', 'seats INTEGER'),
    table('submission', 'id! INTEGER', 'author TEXT'),
    table('acceptance', 'submission_id INTEGER > submission.id', 'result TEXT'),
    table('record', 'president_vote INTEGER > student.id', 'election INTEGER'),
  ),
)
const SHOP = schemaNames(
  schemaOf(
    table('customers', 'id! INTEGER', 'name TEXT', 'country TEXT'),
    table('orders', 'id! INTEGER', 'customer_id INTEGER > customers.id', 'note TEXT'),
    table('products', 'id! INTEGER', 'name TEXT'),
    table('bookings', 'product_id INTEGER > products.id', 'customer_id INTEGER > customers.id'),
  ),
)

const asked = (question: string) => ({ question, known: [question], accounted: [] })

describe('a join from which nothing is taken is left out', () => {
  test.each([
    [
      'What are the authors of submissions?',
      'SELECT T1.author FROM submission AS T1 JOIN acceptance ON T1.id = acceptance.submission_id ORDER BY T1.author',
      'SELECT T1.author FROM submission AS T1 ORDER BY T1.author',
    ],
    [
      'What are the authors of submissions?',
      'SELECT s.author FROM acceptance AS a JOIN submission AS s ON a.submission_id = s.id',
      'SELECT s.author FROM submission AS s',
    ],
    [
      'Which students are older than 20?',
      'SELECT T1.name FROM student AS T1 JOIN advisor AS T2 ON T1.id = T2.s_id WHERE T1.age > 20',
      'SELECT T1.name FROM student AS T1 WHERE T1.age > 20',
    ],
    [
      'How many instructors are there?',
      'SELECT count(*) FROM instructor AS T1 JOIN department AS T2 ON T1.dept = T2.dept',
      'SELECT count(*) FROM instructor AS T1',
    ],
    [
      'How many instructors are there?',
      'SELECT count(*) FROM instructor AS T1 JOIN department AS T2 ON T1.Dept = T2.DEPT',
      'SELECT count(*) FROM instructor AS T1',
    ],
    [
      'Who teaches in Physics?',
      "SELECT T1.name FROM instructor AS T1 JOIN room AS T2 ON T1.dept = T2.dept WHERE T2.dept = 'Physics'",
      "SELECT T1.name FROM instructor AS T1 WHERE T1.dept = 'Physics'",
    ],
  ])('%s %s', (question, sql, lean) => {
    const { sql: left, notes } = dropUnaskedJoins(sql, asked(question), COLLEGE)
    expect(left.trimEnd()).toBe(lean)
    expect(notes).toEqual([expect.stringMatching(/ was left out: the query takes nothing from it\.$/)])
  })

  test('a period of the question is no reason for it', () => {
    const sql = "SELECT c.name FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.country = 'France'"
    const question = 'Customers in France last May'
    expect(dropUnaskedJoins(sql, asked(question), SHOP).sql).toBe(sql)
    expect(dropUnaskedJoins(sql, { ...asked(question), accounted: ['last May'] }, SHOP).sql).not.toContain('orders')
  })
})

test.each([
  'Names of all products, ordered alphabetically',
  'Names of all products in alphabetical order',
  'Names of all products, ordered from cheapest to dearest',
  'Names of all products ordered in descending order',
  'Names of all products ordered by name',
])('what is sorted was not ordered by anybody: %s', (question) => {
  const sql = 'SELECT p.name FROM products AS p JOIN bookings AS b ON b.product_id = p.id ORDER BY p.name, p.price DESC'
  expect(dropUnaskedJoins(sql, asked(question), SHOP).sql).not.toContain('bookings')
})

test('orders that were placed are accounted for by their table', () => {
  const sql = 'SELECT o.note FROM orders AS o JOIN customers AS c ON c.id = o.customer_id'
  expect(dropUnaskedJoins(sql, asked('Note of all orders that were placed'), SHOP).sql).not.toContain('customers')
})

describe('a join stays', () => {
  test.each([
    [
      'authors of accepted submissions',
      'SELECT s.author FROM submission AS s JOIN acceptance AS a ON a.submission_id = s.id',
    ],
    ['students with president votes', 'SELECT s.name FROM student AS s JOIN record AS r ON r.president_vote = s.id'],
    [
      'authors of submissions',
      'SELECT count(s.author) FROM submission AS s JOIN acceptance AS a ON a.submission_id = s.id',
    ],
    [
      'authors never heard of',
      'SELECT author FROM submission EXCEPT SELECT s.author FROM submission AS s JOIN acceptance AS a ON a.submission_id = s.id',
    ],
    [
      'authors of submissions',
      'SELECT author, result FROM submission JOIN acceptance ON acceptance.submission_id = submission.id',
    ],
    [
      'Which students over 20 have an advisor?',
      'SELECT T1.name FROM student AS T1 JOIN advisor AS T2 ON T1.id = T2.s_id WHERE T1.age > 20',
    ],
    [
      'How many people does each one guide?',
      'SELECT T1.name, count(*) FROM instructor AS T1 JOIN advisor AS T2 ON T1.id = T2.i_id GROUP BY T1.id',
    ],
    ['Who guides somebody?', 'SELECT T1.name FROM instructor AS T1 JOIN advisor AS T2 ON T1.id = T2.i_id'],
    [
      'Which instructors over budget?',
      'SELECT T1.name FROM instructor AS T1 JOIN department AS T2 ON T1.dept = T2.dept WHERE T2.budget > 3',
    ],
    ['Show everything', 'SELECT * FROM instructor AS T1 JOIN department AS T2 ON T1.dept = T2.dept'],
    [
      'Instructors',
      'SELECT T1.name FROM instructor AS T1 LEFT JOIN department AS T2 ON T1.dept = T2.dept WHERE T1.id > 3',
    ],
  ])('%s: %s', (question, sql) => {
    expect(dropUnaskedJoins(sql, asked(question), COLLEGE)).toEqual({ sql, notes: [] })
  })

  test.each([
    'Which customers have bought something?',
    'Which customers in France have ordered something?',
    'Which French customers bought anything?',
    'Which customers have come back?',
    'Which customers are still around?',
  ])('where a word of the question may be what it is for: %s', (question) => {
    const join = 'SELECT DISTINCT c.name FROM customers c JOIN orders o ON o.customer_id = c.id'
    for (const sql of [join, `${join} WHERE c.country = 'France'`])
      expect(dropUnaskedJoins(sql, asked(question), SHOP)).toEqual({ sql, notes: [] })
  })
})

test.each([
  ['Which products were ordered?', 'SELECT DISTINCT p.name FROM products p JOIN bookings b ON b.product_id = p.id'],
  ['Which customers have placed any?', 'SELECT DISTINCT c.name FROM customers c JOIN orders o ON o.customer_id = c.id'],
])('a join stays that is what was done: %s', (question, sql) => {
  expect(dropUnaskedJoins(sql, asked(question), SHOP)).toEqual({ sql, notes: [] })
})

test('what the question calls by another word is not doubted', () => {
  const sql = 'SELECT DISTINCT c.name FROM customers c JOIN orders o ON o.customer_id = c.id'
  expect(unaskedJoin('Which customers have bought something?', sql)).toBeUndefined()
  expect(unaskedJoin('Which customers are there?', sql)).toBe('orders')
})
