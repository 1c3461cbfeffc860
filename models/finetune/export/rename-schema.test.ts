import { expect, test } from 'vitest'
import { SCHOOL } from '#core/testing/school-schema.ts'
import { createDraws } from '#databases/sample/draws.ts'
import { renameSchema } from './rename-schema.ts'
import type { TrainingExample } from './training-example.ts'

const QUERIES = [
  'SELECT name, count(*) FROM students GROUP BY name',
  "SELECT T1.name FROM students AS T1 JOIN enrolments AS T2 ON T1.id = T2.student_id WHERE T1.city = 'Paris'",
  'SELECT title FROM courses WHERE id NOT IN (SELECT course_id FROM enrolments) ORDER BY credits DESC LIMIT 3',
  "SELECT name FROM students WHERE name = 'students'",
]
const namesOf = (schema: typeof SCHOOL) =>
  schema.tables.flatMap(({ name, columns }) => [name, ...columns.map((column) => `${name}.${column.name}`)])

test.each(Array.from({ length: 8 }, (_, seed) => seed))('queries follow the names of the schema, seed %i', (seed) => {
  const found = { table: 'students', column: 'name', value: 'Ada', score: 1, matched: 'Ada' }
  const database = { schema: SCHOOL, values: { match: () => [found] } }
  const { database: other, example } = renameSchema(database, createDraws(seed))
  const names = namesOf(other.schema)
  expect(new Set(names).size).toBe(namesOf(SCHOOL).length)
  expect(names).not.toEqual(namesOf(SCHOOL))
  for (const sql of QUERIES) {
    const one: TrainingExample = { source: 'spider', text: 'Which?', sql, now: new Date(0) }
    const renamed = example(one)
    expect(renamed, sql).toMatchObject({ source: 'renamed', text: 'Which?' })
    if (sql.includes("'students'")) expect(renamed?.sql).toMatch(/= 'students'$/)
  }
  const [hint] = other.values.match('Ada', 1)
  expect(names).toContain(`${hint?.table}.${hint?.column}`)
  for (const { foreignKeys } of other.schema.tables)
    for (const { references } of foreignKeys) expect(names).toContain(`${references.table}.${references.columns[0]}`)
})
