import { expect, test } from 'vitest'
import { plainColumn, schemaOf, table } from '../testing/school-schema.ts'
import { unusedAttributes } from './unused-attributes.ts'

const schema = schemaOf(
  {
    ...table('courses', 'id! INTEGER', 'title TEXT', 'kind TEXT'),
    columns: [
      plainColumn('id'),
      plainColumn('title'),
      plainColumn('kind'),
      plainColumn('begun', 'TEXT', { dateFormat: 'date' }),
    ],
  },
  table('players', 'id! INTEGER', 'player TEXT', 'score INTEGER'),
  table('airports', 'airport TEXT', 'iata TEXT', 'region TEXT'),
  table('pupils', 'student TEXT', 'class TEXT'),
)

test.each([
  ['What are the titles of the courses?', 'SELECT title FROM courses', 0],
  ['What are the names of the courses?', 'SELECT title FROM courses', 0],
  ['What are the titles of the courses?', 'SELECT id FROM courses', 1],
  ['How many courses are there of each type?', 'SELECT kind, count(*) FROM courses GROUP BY kind', 0],
  ['How many courses are there of each type?', 'SELECT count(*) FROM courses', 1],
  ['Courses per year', "SELECT strftime('%Y', begun), count(*) FROM courses GROUP BY 1", 0],
  ['Name and score of every player', 'SELECT player, score FROM players', 0],
  ['IATA code of Zurich', 'SELECT iata FROM airports', 0],
  ['Region code of Zurich', 'SELECT region FROM airports', 0],
  ['Which code does Zurich have?', 'SELECT region FROM airports', 1],
  ['Names of all kids', 'SELECT student FROM pupils', 0],
  ['Names of all kids', 'SELECT class FROM pupils', 1],
  ['Name and type of every course', 'SELECT * FROM courses', 0],
])('%s answered by %s leaves %i attributes out', (question, sql, count) => {
  expect(unusedAttributes(question, sql, schema)).toHaveLength(count)
})
