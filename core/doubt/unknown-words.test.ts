import { expect, test } from 'vitest'
import { coverWords } from '../answerable/cover-words.ts'
import type { Turn } from '../question.ts'
import { SCHOOL } from '../testing/school-schema.ts'
import { unknownWords } from './unknown-words.ts'

function unknownIn(text: string, sql: string, follows?: Turn) {
  const coverage = coverWords({ question: text, schema: SCHOOL, values: [], periods: [] })
  return unknownWords(text, sql, coverage, follows)
}

test.each([
  ['What is the average grade in shooes?', 'SELECT avg(grade) FROM enrolments', ['shooes']],
  ['How many students have laptops?', 'SELECT count(*) FROM students', ['laptops']],
  ['Which students of Zanzibar are there?', 'SELECT name FROM students', ['Zanzibar']],
  ['Which students of Zanzibar are there?', "SELECT name FROM students WHERE city = 'zanzibar'", []],
  ['Which students reached a grade above 3?', 'SELECT student_id FROM enrolments WHERE grade > 3', []],
  ['Wich sudents have the hihgest grades?', 'SELECT student_id FROM enrolments ORDER BY grade DESC', []],
])('%s', (question, sql, wanted) => {
  expect(unknownIn(question, sql)).toEqual(wanted)
})

test('what the turn before spoke of needs no saying again', () => {
  const follows: Turn = { question: 'How many students have laptops?', sql: 'SELECT count(*) FROM students' }
  expect(unknownIn('And how many of the laptops are old?', 'SELECT count(*) FROM students', follows)).toEqual([])
})
