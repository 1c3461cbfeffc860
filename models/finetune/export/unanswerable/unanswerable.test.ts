import { expect, test } from 'vitest'
import { coverWords } from '#core/answerable/cover-words.ts'
import { SCHOOL } from '#core/testing/school-schema.ts'
import { words } from '#core/words/split-words.ts'
import { createDraws } from '#databases/sample/draws.ts'
import type { TrainingExample } from '../training-example.ts'
import { askedInVain, askedOfTable } from './unanswerable-example.ts'
import { withoutTable } from './without-table.ts'

const now = new Date('2026-11-20T12:00:00Z')
const example = (text: string, sql: string): TrainingExample => ({ source: 'spider', text, sql, now })
const grades = example('What is the average grade of students?', 'SELECT avg(grade) FROM enrolments')
const seeds = Array.from({ length: 40 }, (_, seed) => createDraws(seed))

/** The name in `-- missing: name`. */
function missingIn({ sql }: TrainingExample): string {
  return /^-- missing: (.+)$/.exec(sql)?.[1] ?? ''
}

test('a column is asked for by the name of something that the schema does not hold', () => {
  const made = seeds.flatMap((draws) => askedInVain(grades, SCHOOL, [], draws) ?? [])
  expect(made.length).toBeGreaterThan(30)
  expect(new Set(made.map(({ text }) => text)).size).toBeGreaterThan(15)
  for (const one of made) {
    expect(one.text).toBe(`What is the average ${missingIn(one)} of students?`)
    const covered = coverWords({ question: missingIn(one), schema: SCHOOL, values: [], periods: [] })
    expect(covered.unknown).toContain(words(missingIn(one)).at(-1))
  }
})

test.each([
  ['names no column', example('How many students are there?', 'SELECT count(*) FROM students')],
  [
    'names one that is compared with a text',
    example('Students whose city is Paris', "SELECT name FROM students WHERE city = 'Paris'"),
  ],
])('a question that %s is left alone', (_, one) => {
  for (const draws of seeds) expect(askedInVain(one, SCHOOL, [], draws)).toBeNull()
})

test('questions of our own are about a table and something that it does not tell', () => {
  const made = seeds.flatMap((draws) => askedOfTable(SCHOOL, now, draws) ?? [])
  expect(made.length).toBeGreaterThan(30)
  for (const one of made) {
    expect(one).toMatchObject({ source: 'unanswerable', now })
    expect(one.text).not.toMatch(/[{}]/)
    expect(missingIn(one)).not.toBe('')
  }
})

test('without one of its tables a schema answers what does not need it, and lacks it for what does', () => {
  const counted = example('How many students are there?', 'SELECT count(*) FROM students')
  const taught = example('Names of all teachers', 'SELECT name FROM teachers')
  const joined = example(
    'Which teachers teach Logic?',
    "SELECT T1.name FROM teachers AS T1 JOIN courses AS T2 ON T2.teacher_id = T1.id WHERE T2.title = 'Logic'",
  )
  const made = seeds.flatMap((draws) => withoutTable([counted, taught, joined], SCHOOL, draws) ?? [])
  const lacking = (table: string) => made.find(({ schema }) => schema.tables.every(({ name }) => name !== table))
  expect(lacking('students')?.examples).toEqual([
    { ...counted, source: 'unanswerable', sql: '-- missing: student' },
    taught,
    joined,
  ])
  expect(lacking('teachers')?.examples.map(missingIn)).toEqual(['', 'teacher', 'teacher'])
  for (const { schema } of made) {
    const names = schema.tables.map(({ name }) => name)
    for (const { references } of schema.tables.flatMap((table) => table.foreignKeys))
      expect(names).toContain(references.table)
  }
})
