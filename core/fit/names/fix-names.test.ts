import { describe, expect, test } from 'vitest'
import { schemaNames } from '../../sql/schema-names.ts'
import { SCHOOL, schemaOf, table } from '../../testing/school-schema.ts'
import { fixNames } from './fix-names.ts'

describe('names that fit are left alone', () => {
  test.each([
    'SELECT count(*) FROM students',
    'SELECT s.name AS who FROM students AS s WHERE s.city = "Paris" ORDER BY who',
    'SELECT name, (SELECT count(*) FROM enrolments WHERE student_id = students.id) n FROM students ORDER BY n DESC',
    'WITH busy(id) AS (SELECT student_id FROM enrolments) SELECT name FROM students JOIN busy ON busy.id = students.id',
    'SELECT t.n FROM (SELECT count(*) AS n FROM courses) AS t',
    'SELECT title FROM courses WHERE id IN (SELECT course_id FROM enrolments) UNION SELECT name FROM students',
    'SELECT CAST(credits AS TEXT) FROM courses WHERE rowid = 1',
    'SELECT "home town" FROM students',
    "SELECT name FROM students WHERE name = 'it''s -- no comment' /* FROM nowhere */",
    'SELECT name FROM students LEFT JOIN enrolments USING (id)',
    'SELECT max(students.id) AS city FROM students JOIN teachers ON students.id = teachers.id GROUP BY students.name ORDER BY city DESC',
    'SELECT title AS name FROM courses UNION SELECT city FROM students ORDER BY name LIMIT 3',
    'SELECT title FROM courses UNION SELECT city FROM teachers ORDER BY title',
    'SELECT name FROM students WHERE id IN (SELECT teacher_id FROM courses UNION SELECT course_id FROM enrolments ORDER BY teacher_id)',
    '',
    'this is ( no SQL',
  ])('%s', (sql) => {
    expect(fixNames(sql, schemaNames(SCHOOL))).toEqual({ sql, notes: [], unknown: [] })
  })
})

describe('one reading makes sense', () => {
  test.each([
    ['a plural', 'SELECT names FROM student', 'SELECT name FROM students'],
    ['another case of writing', 'SELECT teacherId FROM Courses', 'SELECT teacher_id FROM Courses'],
    [
      'a column behind the wrong alias',
      'SELECT T1.title FROM teachers AS T1 JOIN courses AS T2 ON T1.id = T2.teacher_id',
      'SELECT T2.title FROM teachers AS T1 JOIN courses AS T2 ON T1.id = T2.teacher_id',
    ],
    [
      'a join that was forgotten',
      "SELECT title FROM courses WHERE name = 'Ada'",
      "SELECT title FROM courses JOIN teachers ON courses.teacher_id = teachers.id WHERE teachers.name = 'Ada'",
    ],
    [
      'joins over a table in between',
      'SELECT "home town", credits FROM students',
      'SELECT "home town", courses.credits FROM students JOIN enrolments ON students.id = enrolments.student_id JOIN courses ON enrolments.course_id = courses.id',
    ],
    [
      'rows without a partner',
      'SELECT name FROM students WHERE course_id IS NULL',
      'SELECT name FROM students LEFT JOIN enrolments ON students.id = enrolments.student_id WHERE enrolments.course_id IS NULL',
    ],
    [
      'a join over columns that do not exist',
      'SELECT T1.name FROM students AS T1 JOIN courses AS T2 ON T1.course = T2.student WHERE T2.credits > 3',
      'SELECT T1.name FROM students AS T1 JOIN enrolments ON T1.id = enrolments.student_id JOIN courses AS T2 ON enrolments.course_id = T2.id WHERE T2.credits > 3',
    ],
    ['the wrong table', 'SELECT avg(grade) FROM courses', 'SELECT avg(grade) FROM enrolments'],
    [
      'a column that two tables share',
      'SELECT city FROM students JOIN enrolments ON students.id = student_id JOIN courses ON course_id = courses.id JOIN teachers ON teacher_id = teachers.id',
      'SELECT students.city FROM students JOIN enrolments ON students.id = student_id JOIN courses ON course_id = courses.id JOIN teachers ON teacher_id = teachers.id',
    ],
    [
      'inside a subquery',
      'SELECT name FROM students WHERE id IN (SELECT T1.student_id FROM enrolments AS T1 WHERE T1.grades > 2)',
      'SELECT name FROM students WHERE id IN (SELECT T1.student_id FROM enrolments AS T1 WHERE T1.grade > 2)',
    ],
  ])('%s', (_, sql, fixed) => {
    const result = fixNames(sql, schemaNames(SCHOOL))
    expect(result.sql).toBe(fixed)
    expect(result.notes.length).toBeGreaterThan(0)
    expect(result.unknown).toEqual([])
  })
})

test('what stays unknown is told with the valid names, nearest first, and never guessed', () => {
  const { sql, unknown } = fixNames('SELECT shoe_size FROM students', schemaNames(SCHOOL))
  expect(sql).toBe('SELECT shoe_size FROM students')
  expect(unknown).toEqual([{ name: 'shoe_size', kind: 'column', near: expect.arrayContaining(['students.name']) }])
  expect(fixNames('SELECT x FROM warehouses', schemaNames(SCHOOL)).unknown[0]).toMatchObject({
    name: 'warehouses',
    kind: 'table',
  })
})

test('names that need quotes are quoted', () => {
  const odd = schemaOf(
    table('order', 'id! INTEGER', '"ship to" TEXT'),
    table('items', 'order_id INTEGER > order.id', 'price REAL'),
  )
  expect(fixNames('SELECT "ship to", price FROM "order"', schemaNames(odd)).sql).toBe(
    'SELECT "ship to", items.price FROM "order" JOIN items ON "order".id = items.order_id',
  )
})

test('a table may be called as a keyword is', () => {
  const games = schemaNames(
    schemaOf(table('match', 'id! INTEGER', 'venue TEXT'), table('team', 'id! INTEGER', 'match_id INTEGER > match.id')),
  )
  for (const sql of [
    'SELECT T2.venue FROM team AS T1 JOIN MATCH AS T2 ON T1.match_id = T2.id',
    'SELECT match.venue FROM team JOIN match ON team.match_id = match.id WHERE match.id > 3',
  ])
    expect(fixNames(sql, games)).toEqual({ sql, notes: [], unknown: [] })
})

test('a fix that does not take is made once', () => {
  const cricket = schemaNames(
    schemaOf(table('over', 'id! INTEGER', 'runs INTEGER'), table('ball', 'id! INTEGER', 'over_id INTEGER > over.id')),
  )
  const { sql } = fixNames('SELECT id FROM "over" JOIN ball ON ball.over_id = "over".id', cricket)
  expect(sql).toBe('SELECT over.id FROM "over" JOIN ball ON ball.over_id = "over".id')
})

test('a query with more wrong names than can be fixed comes to an end', () => {
  const columns = Array.from({ length: 40 }, (_, index) => `T9.names${index}`).join(', ')
  const result = fixNames(`SELECT ${columns} FROM students AS T1`, schemaNames(SCHOOL))
  expect(result.notes.length).toBeLessThanOrEqual(9)
})

describe('a made-up join to a table that is no neighbour', () => {
  const sql = "SELECT T1.title FROM courses AS T1 JOIN towns AS T2 ON T1.town_id = T2.id WHERE T2.name = 'Logic'"
  const schema = schemaOf(
    table('courses', 'id! INTEGER', 'title TEXT', 'name TEXT', 'teacher_id INTEGER > teachers.id'),
    table('teachers', 'id! INTEGER', 'town INTEGER > towns.id'),
    table('towns', 'id! INTEGER', 'name TEXT'),
  )

  test('is left out where nobody asks for that table and the column is there without it', () => {
    const fixed = fixNames(sql, schemaNames(schema, ['Which course is called Logic?']))
    expect(fixed.sql.replace(/\s+/g, ' ')).toBe("SELECT T1.title FROM courses AS T1 WHERE T1.name = 'Logic'")
    expect(fixed.notes).toEqual(['towns has no key to join it by; name of courses was taken.'])
  })

  test('becomes joins over the tables in between where the question names it', () => {
    const fixed = fixNames(sql, schemaNames(schema, ['Which courses are given in the town Logic?']))
    expect(fixed.sql).toContain('JOIN teachers ON T1.teacher_id = teachers.id')
    expect(fixed.sql).toContain("T2.name = 'Logic'")
  })
})
