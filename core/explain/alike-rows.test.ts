import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestAssistant, type TestAssistant } from '../testing/open-test-assistant.ts'
import { SCHOOL_DUMP } from '../testing/school-dump.ts'
import { scriptedGenerator } from '../testing/scripted-generator.ts'

const JOINED = 'FROM students JOIN enrolments ON students.id = enrolments.student_id'
const ALIKE = /^Of these 4 rows only 3 are different: the same is listed once for each row that it is joined with\.$/

let school: TestAssistant
beforeAll(async () => {
  const generator = scriptedGenerator([
    { when: /^Which students have enrolled/, say: `SELECT students.name ${JOINED}` },
    { when: /^Which different students have enrolled/, say: `SELECT DISTINCT students.name ${JOINED}` },
    { when: /^When did which students enrol/, say: `SELECT students.name, enrolments.enrolled_on ${JOINED}` },
  ])
  school = await openTestAssistant({ dumps: { school: SCHOOL_DUMP }, generator })
})
afterAll(() => school.close())

test.each([
  ['Which students have enrolled?', true],
  ['Which different students have enrolled?', false],
  ['When did which students enrol?', false],
])('a list that a join repeats says so: %s %s', async (question, isSaid) => {
  const { answer } = await school.ask(question)
  if (answer.kind !== 'answered') throw new Error(answer.message)
  expect(answer.notes.some((note) => ALIKE.test(note))).toBe(isSaid)
})
