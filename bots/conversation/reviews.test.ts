import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestAssistant, type TestAssistant, testAsker } from '#core/testing/open-test-assistant.ts'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { createConversation } from './create-conversation.ts'
import { createReviews, type Reviews } from './reviews.ts'

let parts: TestAssistant
let reviews: Reviews
const cases: [string, string][] = []

beforeAll(async () => {
  const generator = scriptedGenerator([{ when: /./, say: 'SELECT COUNT(*) FROM students' }])
  parts = await openTestAssistant({ dumps: { school: SCHOOL_DUMP }, generator })
  const conversation = createConversation({
    assistant: parts.assistant,
    history: parts.state.questions,
    removeQuestion: () => false,
    sampleId: null,
    maxCsvRows: 10,
  })
  reviews = createReviews({
    memory: parts.state,
    history: conversation.history,
    makeCase: (questionId, sql) => void cases.push([questionId, sql]),
  })
})
afterAll(() => parts.close())

async function askWrong(id: string) {
  await parts.ask('How many students are there?', { id })
  parts.state.people.ensure({ id: 'ben', workspaceId: 'local', name: 'Ben' })
  parts.state.questions.setFeedback({ questionId: id, personId: 'ben', verdict: 'down', comment: 'those who left too' })
}

test('an answer with a thumb down is listed with what was tried, whoever asked', async () => {
  await askWrong('one')
  expect(await reviews.list({ ...testAsker, id: 'console' })).toMatchObject([
    {
      questionId: 'one',
      by: 'Ben',
      comment: 'those who left too',
      reply: { kind: 'answered', attempts: [{ sql: 'SELECT COUNT(*) FROM students' }] },
    },
  ])
})

test('it becomes a case of one’s own with the right SQL, once, and leaves the list', async () => {
  expect(() => reviews.makeCase('one', ' ')).toThrow('SQL that would be right')
  reviews.makeCase('one', "SELECT COUNT(*) FROM students WHERE status = 'active'\n")
  expect(cases).toEqual([['one', "SELECT COUNT(*) FROM students WHERE status = 'active'"]])
  expect(await reviews.list(testAsker)).toEqual([])
  expect(() => reviews.makeCase('nothing', 'SELECT 1')).toThrow('not known')
})

test('it is taken off the list', async () => {
  await askWrong('two')
  reviews.settle('two')
  expect(await reviews.list(testAsker)).toEqual([])
})
