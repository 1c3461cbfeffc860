import { afterAll, expect, test } from 'vitest'
import type { AnswerPart } from './ask-settings.ts'
import { openTestAssistant, type TestAssistant } from './testing/open-test-assistant.ts'
import { SCHOOL_DUMP } from './testing/school-dump.ts'
import { scriptedGenerator } from './testing/scripted-generator.ts'

const generator = scriptedGenerator([
  { when: /fails|never '/, say: 'SELECT avg(grade) FROM enrolments' },
  { when: /average grade/, say: 'SELECT avg(frobnication) FROM enrolments' },
  { when: /Logic/, say: "SELECT students.name FROM students WHERE title = 'Logic'" },
  { when: /Munchen/, say: "SELECT name FROM teachers WHERE city = 'munchen'" },
  { when: /enrolments/, say: 'SELECT count(*) FROM enrolments' },
])
const open = new Map<string, TestAssistant>()

async function ask(text: string, without: AnswerPart[]) {
  const key = without.join()
  const found = open.get(key)
  const school =
    found ?? (await openTestAssistant({ dumps: { school: SCHOOL_DUMP }, generator, settings: { without } }))
  open.set(key, school)
  const from = generator.requests.length
  const { answer } = await school.ask(text)
  return { answer, requests: generator.requests.slice(from) }
}

afterAll(async () => {
  for (const one of open.values()) await one.close()
})

const said = (requests: { messages: { content: string }[] }[]) => requests[0]?.messages.at(-1)?.content

test('what the model wrote stays beside what was made of it', async () => {
  const { answer } = await ask('Which students take Logic?', [])
  const [first] = answer.trace.attempts
  expect(first?.candidate.written).toBe("SELECT students.name FROM students WHERE title = 'Logic'")
  expect(first?.candidate.sql).toContain('JOIN')
})

test('without names nothing is made to fit the schema', async () => {
  const { answer } = await ask('Which students take Logic?', ['names', 'vote', 'repair'])
  expect(answer).toMatchObject({ kind: 'unanswered' })
  expect(answer.trace.attempts).toHaveLength(1)
})

test('without repair and vote a query that fails is the last', async () => {
  expect((await ask('What is the average grade?', [])).answer.kind).toBe('answered')
  const { answer, requests } = await ask('What is the average grade?', ['repair', 'vote'])
  expect(answer.kind).toBe('unanswered')
  expect(requests).toHaveLength(1)
})

test('without values neither the prompt nor the query knows how they are spelt', async () => {
  const { answer, requests } = await ask('Which teachers live in Munchen?', ['values'])
  expect(said(requests)).not.toContain('München')
  expect(answer.trace.attempts[0]?.candidate.sql).toContain("'munchen'")
  expect(said((await ask('Which teachers live in Munchen?', [])).requests)).toContain('München')
})

test('without words the prompt does not say what the schema calls them', async () => {
  const question = 'How many pupils are there?'
  expect(said((await ask(question, [])).requests)).toContain('"pupils" means students')
  expect(said((await ask(question, ['words'])).requests)).not.toContain('means students')
})

test('without periods and shape the prompt has no such hints', async () => {
  const question = 'How many enrolments per month last year?'
  const all = said((await ask(question, [])).requests)
  expect(all).toMatch(/strftime/)
  expect(all).toMatch(/2025-01-01/)
  const none = said((await ask(question, ['periods', 'shape'])).requests)
  expect(none).not.toMatch(/strftime|2025-01-01/)
})
