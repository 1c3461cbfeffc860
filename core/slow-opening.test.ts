import { afterAll, beforeAll, expect, test } from 'vitest'
import { standardAskSettings } from './ask-settings.ts'
import { type Assistant, createAssistant } from './assistant.ts'
import { openTestAssistant, type TestAssistant, testAsker } from './testing/open-test-assistant.ts'
import { SCHOOL_DUMP } from './testing/school-dump.ts'
import { scriptedGenerator } from './testing/scripted-generator.ts'

let school: TestAssistant
let assistant: Assistant

beforeAll(async () => {
  school = await openTestAssistant({ dumps: { school: SCHOOL_DUMP }, generator: scriptedGenerator([]) })
  const never = () => new Promise<never>(() => undefined)
  assistant = createAssistant({
    databases: { find: school.registry.find, open: never, survey: never },
    generator: scriptedGenerator([]),
    settings: { ...standardAskSettings, answerDeadlineMs: 50 },
  })
})
afterAll(async () => {
  await assistant.close()
  await school.close()
})

async function answerTo(databases: string[]) {
  const question = { id: 'slow', text: 'How many students are there?', databases, asker: testAsker }
  for await (const event of assistant.ask(question)) if (event.type === 'answer') return event.answer
}

test('a database that does not open in time ends the question at its deadline', async () => {
  expect(await answerTo(['school'])).toMatchObject({ kind: 'unanswered', reason: 'too-slow' })
  expect(await answerTo(['school', 'other'])).toMatchObject({ kind: 'unanswered', reason: 'too-slow' })
})

test('so it does with edited SQL, which can be stopped meanwhile too', async () => {
  const edited = { id: 'edited', database: 'school', sql: 'SELECT 1', text: 'One?', asker: testAsker }
  expect(await assistant.run(edited)).toMatchObject({ kind: 'unanswered', reason: 'too-slow' })
  const stopped = await assistant.run(edited, { signal: AbortSignal.abort() })
  expect(stopped).toMatchObject({ kind: 'unanswered', reason: 'cancelled' })
})
