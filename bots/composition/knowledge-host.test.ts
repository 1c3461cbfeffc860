import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { openState, type State } from '#databases/state/open-state.ts'
import { openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'

let line: TestCommandLine

beforeAll(async () => {
  line = await openCommandLine(() => 'SELECT COUNT(*) FROM students')
  await line.run(['databases', 'add', line.write('school.sql', SCHOOL_DUMP)])
})
afterAll(() => line.close())

function inState<T>(work: (state: State) => T): T {
  const state = openState({ path: join(line.home, 'state.sqlite') })
  try {
    return work(state)
  } finally {
    state.close()
  }
}

test('words are defined, used by the next question, and taken back', async () => {
  expect(await line.run(['glossary', 'list', 'school'])).toMatchObject({ code: 0, out: 'Nothing is defined yet.\n' })
  await line.run(['glossary', 'add', 'school', 'freshmen', 'students\u001b[31m who came this year'])
  const listed = await line.run(['glossary', 'list', 'school'])
  expect(listed.out).toMatch(/^freshmen +students.*who came this year\n$/)
  expect(listed.out).not.toContain('\u001b')
  expect((await line.run(['ask', '--db', 'school', 'How many freshmen are there?'])).out).toContain(
    'Used: freshmen means',
  )
  expect((await line.run(['glossary', 'remove', 'school', 'Freshmen'])).code).toBe(0)
  expect((await line.run(['glossary', 'remove', 'school', 'Freshmen'])).code).toBe(1)
  expect((await line.run(['glossary', 'list', 'nowhere'])).err).toContain('no database called “nowhere”')
})

test('answers with a thumb down are listed, and become cases', async () => {
  await line.run(['ask', '--db', 'school', 'How many students are there?'])
  const id = inState(({ questions }) => {
    const [asked] = questions.list({ limit: 1 })
    questions.setFeedback({
      questionId: asked?.id ?? '',
      personId: 'ben',
      verdict: 'down',
      comment: 'not those who left',
    })
    return asked?.id ?? ''
  })
  const { out } = await line.run(['reviews'])
  expect(await line.run(['reviews', 'list'])).toMatchObject({ code: 0, out })
  for (const part of ['How many students are there?', id, 'not those who left', 'SELECT COUNT(*)'])
    expect(out).toContain(part)
  expect(await line.run(['reviews', 'case', id, 'SELECT 3'])).toMatchObject({ code: 0 })
  expect(inState(({ ownCases }) => ownCases.list())).toMatchObject([{ accepted: ['SELECT 3'], fromQuestionId: id }])
  expect((await line.run(['reviews', 'list'])).out).toBe('There is none.\n')
  expect(await line.run(['reviews', 'settle', 'nothing'])).toMatchObject({ code: 1 })
})

test('the audit log comes as CSV, in which no cell is a formula', async () => {
  inState(({ audit }) =>
    audit.write({
      workspaceId: 'chat:w',
      personId: '=1+1',
      action: 'asked',
      channel: 'chat:w:c',
      database: 'school',
      sql: 'SELECT 1',
      rowCount: 1,
      detail: '',
    }),
  )
  const { out } = await line.run(['audit', '--days', '2'])
  expect(out).toMatch(/^at,person,[^\n]*\n[\s\S]*asked,school,1,SELECT 1/)
  // What was asked above, at this terminal.
  expect(out).toMatch(/console,[^,\n]*,local,command line,asked,school,1,SELECT COUNT\(\*\) FROM students/)
  expect(out).not.toMatch(/,=1/)
  expect((await line.run(['audit', '--days', 'x'])).code).toBe(1)
})
