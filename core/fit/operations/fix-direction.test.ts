import { expect, test } from 'vitest'
import { plainColumn, schemaOf, table } from '../../testing/school-schema.ts'
import { fixDirection } from './fix-direction.ts'

const people = table('people', 'id! INTEGER', 'age INTEGER', 'height REAL')
people.columns.push(plainColumn('born_on', 'TEXT', { dateFormat: 'date' }))
const schema = schemaOf(people)

test.each([
  [
    'Who is the youngest?',
    'SELECT id FROM people ORDER BY born_on LIMIT 1',
    'SELECT id FROM people ORDER BY born_on DESC LIMIT 1',
  ],
  [
    'Who is the youngest?',
    'SELECT id FROM people ORDER BY age DESC LIMIT 1',
    'SELECT id FROM people ORDER BY age LIMIT 1',
  ],
  [
    'The three oldest people',
    'SELECT T1.id FROM people AS T1 ORDER BY T1.born_on DESC LIMIT 3',
    'SELECT T1.id FROM people AS T1 ORDER BY T1.born_on LIMIT 3',
  ],
  [
    'Who is the oldest?',
    'SELECT id FROM people ORDER BY "age" ASC LIMIT 1',
    'SELECT id FROM people ORDER BY "age" DESC LIMIT 1',
  ],
])('%s %s', (question, sql, turned) => {
  expect(fixDirection(sql, question, schema)).toBe(turned)
})

test.each([
  ['Who is the youngest?', 'SELECT id FROM people ORDER BY born_on DESC LIMIT 1'],
  ['Who is the oldest?', 'SELECT id FROM people ORDER BY born_on ASC LIMIT 1'],
  ['The youngest and the oldest', 'SELECT id FROM people ORDER BY born_on LIMIT 1'],
  ['Who is the tallest?', 'SELECT id FROM people ORDER BY height LIMIT 1'],
  ['The oldest by height', 'SELECT id FROM people ORDER BY height LIMIT 1'],
  ['Who has gone the longest since their most recent birthday?', 'SELECT id FROM people ORDER BY born_on LIMIT 1'],
  ['The oldest first', 'SELECT id FROM people ORDER BY born_on DESC'],
])('%s: %s stays', (question, sql) => {
  expect(fixDirection(sql, question, schema)).toBe(sql)
})
