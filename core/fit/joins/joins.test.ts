import { describe, expect, test } from 'vitest'
import { schemaNames } from '../../sql/schema-names.ts'
import { schemaOf, table } from '../../testing/school-schema.ts'
import { compareWithAll } from './compare-with-all.ts'
import { mendJoins, oddJoin } from './mend-joins.ts'
import { mendMemberships, oddMembership } from './mend-memberships.ts'

const COLLEGE = schemaNames(
  schemaOf(
    table('instructor', 'id! INTEGER', 'name TEXT', 'dept TEXT > department.dept'),
    table('student', 'id! INTEGER', 'name TEXT', 'age INTEGER'),
    table('advisor', 's_id INTEGER > student.id', 'i_id INTEGER > instructor.id'),
    table('department', 'dept! TEXT', 'budget INTEGER'),
    table('room', 'room_id! INTEGER', 'dept TEXT', 'seats INTEGER'),
    table('visitor', 'visitor_id! INTEGER', 'nickname TEXT'),
    table('sight', 'sight_id! INTEGER', 'title TEXT'),
    table('visit', 'visitor_id INTEGER > visitor.visitor_id', 'sight_id INTEGER > sight.sight_id'),
    table('bus', 'bus_id! INTEGER', 'driver_id INTEGER > instructor.id'),
  ),
)

describe('joins over the wrong columns', () => {
  test.each([
    [
      'a key that belongs to another table',
      'SELECT T1.name FROM student AS T1 JOIN advisor AS T2 ON T1.id = T2.i_id GROUP BY T1.id',
      'SELECT T1.name FROM student AS T1 JOIN advisor AS T2 ON T1.id = T2.s_id GROUP BY T1.id',
    ],
    [
      'a column with itself',
      'SELECT name FROM bus JOIN instructor ON bus.driver_id = bus.driver_id',
      'SELECT name FROM bus JOIN instructor ON bus.driver_id = instructor.id',
    ],
    [
      'keys that share no more than the name id',
      'SELECT T2.name FROM bus AS T1 JOIN student AS T3 ON T1.bus_id = T3.id JOIN instructor AS T2 ON T3.id = T2.id',
      'SELECT T2.name FROM bus AS T1 JOIN instructor ON T1.driver_id = instructor.id JOIN advisor ON instructor.id = advisor.i_id JOIN student AS T3 ON advisor.s_id = T3.id JOIN instructor AS T2 ON T1.driver_id = T2.id',
    ],
    [
      'two primary keys, with the table between them left out',
      'SELECT T2.title FROM visitor AS T1 JOIN sight AS T2 ON T1.visitor_id = T2.sight_id',
      'SELECT T2.title FROM visitor AS T1 JOIN visit ON T1.visitor_id = visit.visitor_id JOIN sight AS T2 ON visit.sight_id = T2.sight_id',
    ],
  ])('%s', (_, sql, mended) => {
    expect(mendJoins(sql, COLLEGE).sql).toBe(mended)
  })

  test.each([
    'SELECT name FROM instructor AS T1 JOIN advisor AS T2 ON T1.id = T2.i_id',
    'SELECT * FROM instructor AS T1 JOIN room AS T2 ON T1.dept = T2.dept',
    'SELECT a.name FROM student AS a JOIN student AS b ON a.age = b.age',
    'SELECT count(*) FROM advisor AS a JOIN advisor AS b ON a.s_id = b.s_id AND a.i_id < b.i_id',
    'SELECT name FROM student WHERE id IN (SELECT s_id FROM advisor)',
  ])('might be meant: %s', (sql) => {
    expect(mendJoins(sql, COLLEGE)).toEqual({ sql, notes: [] })
    expect(oddJoin(sql, COLLEGE)).toBeUndefined()
  })

  test('a column without a type, as a view computes it, may be joined with numbers; a place may not', () => {
    const stats = table('stats', 'cust', 'orders', 'place POINT')
    const names = schemaNames(schemaOf(table('customer', 'id! INTEGER', 'name TEXT'), stats))
    const joined = (column: string) => `SELECT name, orders FROM customer AS c JOIN stats AS s ON c.id = s.${column}`
    expect(oddJoin(joined('cust'), names)).toBeUndefined()
    expect(oddJoin(joined('place'), names)).toBe('c.id = s.place')
  })

  test('what no key can mend is said to be odd', () => {
    expect(oddJoin('SELECT seats FROM student JOIN room ON student.age = room.dept', COLLEGE)).toBe(
      'student.age = room.dept',
    )
  })
})

test.each([
  [
    'SELECT name FROM student WHERE id = (SELECT s_id FROM advisor WHERE i_id = 3)',
    'SELECT name FROM student WHERE id IN (SELECT s_id FROM advisor WHERE i_id = 3)',
  ],
  ['SELECT name FROM student WHERE age = (SELECT max(age) FROM student)', null],
  ['SELECT name FROM student WHERE id = (SELECT s_id FROM advisor ORDER BY i_id LIMIT 1)', null],
  ['SELECT name FROM student WHERE age = (SELECT age FROM student ORDER BY age DESC)', null],
  ['SELECT name FROM student WHERE age = 3 AND id IN (SELECT s_id FROM advisor)', null],
])('%s', (sql, all) => {
  expect(compareWithAll(sql)).toBe(all ?? sql)
})

describe('IN over the wrong column', () => {
  test('takes the one that a key joins', () => {
    const sql =
      'SELECT name FROM instructor WHERE id NOT IN (SELECT DISTINCT T1.bus_id FROM bus AS T1 WHERE T1.bus_id > 3)'
    expect(mendMemberships(sql, COLLEGE).sql).toBe(sql.replace('DISTINCT T1.bus_id', 'DISTINCT T1.driver_id'))
  })

  test('takes it in quotes where its name needs them', () => {
    const rented = schemaNames(
      schemaOf(
        table('flats', 'id! INTEGER', 'name TEXT'),
        table('bookings', 'id! INTEGER', '"flat no" INTEGER > flats.id'),
      ),
    )
    expect(mendMemberships('SELECT name FROM flats WHERE id IN (SELECT id FROM bookings)', rented).sql).toBe(
      'SELECT name FROM flats WHERE id IN (SELECT "flat no" FROM bookings)',
    )
  })

  test.each([
    'SELECT name FROM student WHERE id IN (SELECT s_id FROM advisor)',
    'SELECT name FROM student WHERE age IN (SELECT max(age) FROM student)',
    'SELECT name FROM student WHERE age IN (SELECT seats FROM room)',
    'SELECT name FROM student WHERE name IN (SELECT name FROM instructor)',
    'SELECT name FROM student WHERE id IN (1, 2)',
  ])('might be meant: %s', (sql) => {
    expect(mendMemberships(sql, COLLEGE)).toEqual({ sql, notes: [] })
    expect(oddMembership(sql, COLLEGE)).toBeUndefined()
  })

  test('is odd where no key says what was meant', () => {
    expect(oddMembership('SELECT name FROM student WHERE id IN (SELECT dept FROM room)', COLLEGE)).toContain(
      'room.dept',
    )
  })
})
