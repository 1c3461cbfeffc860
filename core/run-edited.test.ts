import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestAssistant, type TestAssistant, testAsker } from './testing/open-test-assistant.ts'
import { SCHOOL_DUMP } from './testing/school-dump.ts'
import { scriptedGenerator } from './testing/scripted-generator.ts'

let school: TestAssistant

beforeAll(async () => {
  school = await openTestAssistant({ dumps: { school: SCHOOL_DUMP }, generator: scriptedGenerator([]) })
})
afterAll(() => school.close())

describe('edited SQL', () => {
  const edited = { database: 'school', text: 'How many students are there?', asker: testAsker }

  test('runs through the same gate as a question of its own', async () => {
    const answer = await school.assistant.run({ ...edited, id: 'edited', sql: 'SELECT name FROM students LIMIT 1' })
    expect(answer).toMatchObject({ kind: 'answered', result: { rows: [['Ben']] } })
    expect(answer.trace.attempts[0]?.candidate.origin).toBe('edited')
    expect(school.state.questions.get('edited')).toMatchObject({ status: 'answered' })
  })

  test('that writes, or names what is not there, is not run', async () => {
    const write = await school.assistant.run({ ...edited, id: 'write', sql: 'DELETE FROM students' })
    expect(write).toMatchObject({ kind: 'unanswered', reason: 'unsafe' })
    const wrong = await school.assistant.run({ ...edited, id: 'wrong', sql: 'SELECT age FROM students' })
    expect(wrong).toMatchObject({ kind: 'unanswered', reason: 'no-valid-query' })
  })
})
