import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestAssistant, type TestAssistant, testAsker } from '#core/testing/open-test-assistant.ts'
import { FLEET_DUMP, SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { type ScriptedGenerator, scriptedGenerator } from '#core/testing/scripted-generator.ts'
import type { Reply } from '../reply/reply.ts'
import { audited } from './audited.ts'
import type { AskRequest, Conversation, Update } from './conversation.ts'
import { createConversation } from './create-conversation.ts'

const MANY = `
CREATE TABLE formulas (id INTEGER PRIMARY KEY, formula TEXT);
INSERT INTO formulas VALUES ${Array.from({ length: 250 }, (_, at) => `(${at}, '=SUM(A${at})')`).join(', ')};`

let generator: ScriptedGenerator
let parts: TestAssistant
let conversation: Conversation

const hired = (from: string, to: string) =>
  `SELECT COUNT(*) FROM teachers WHERE hired_on >= '${from}' AND hired_on < '${to}'`

const bob = { ...testAsker, id: 'bob' }

beforeAll(async () => {
  generator = scriptedGenerator([
    { when: /^only in Paris/, say: "SELECT COUNT(*) FROM students WHERE city = 'Paris'" },
    { when: /^How many students/, say: 'SELECT COUNT(*) FROM students' },
    { when: /^teachers hired in 2025/, say: hired('2025-01-01', '2026-01-01') },
    { when: /^all teachers/, say: 'SELECT COUNT(*) FROM teachers' },
    { when: /^and those hired in May/, say: hired('2026-05-01', '2026-06-01') },
    { when: /^How many courses/, say: 'SELECT COUNT(*) FROM courses', delayMs: 60_000 },
    { when: /^How many teachers/, say: '', fail: new Error('the model broke') },
    { when: /formulas/, say: 'SELECT id, formula FROM formulas ORDER BY id' },
  ])
  parts = await openTestAssistant({
    dumps: { school: SCHOOL_DUMP, fleet: FLEET_DUMP, sheet: MANY },
    generator,
    settings: { maxRows: 200 },
  })
  conversation = open()
})

afterAll(() => parts.close())

/** A conversation that remembers nothing but what was saved, as after a restart. */
function open(databases = parts.assistant.databases): Conversation {
  return createConversation({
    assistant: { ...parts.assistant, databases },
    history: parts.state.questions,
    removeQuestion: (id) => parts.state.forgetQuestion(id).questions > 0,
    sampleId: null,
    maxCsvRows: 1000,
  })
}

async function read(updates: AsyncIterable<Update>): Promise<{ types: string[]; reply: Reply }> {
  const types: string[] = []
  for await (const update of updates) {
    types.push(update.type)
    if (update.type === 'reply') return { types, reply: update.reply }
  }
  throw new Error('there was no reply')
}

function ask(text: string, about: Partial<AskRequest> = {}, by = conversation) {
  const request = { id: crypto.randomUUID(), text, databases: ['school'], asker: testAsker, ...about }
  return read(by.ask(request)).then((told) => ({ ...told, id: request.id }))
}

function sqlOf(reply: Reply): string {
  if (reply.kind !== 'answered') throw new Error(`unanswered: ${reply.headline}`)
  return reply.sql
}

test('what is answered stands in the audit log, with who asked, from where, and how many rows left', async () => {
  const { audit } = parts.state
  const cleo = { ...testAsker, id: 'cleo' }
  const from = { workspaceId: 'local', channel: 'console' }
  const noted = audited(conversation, audit, from)
  const { id } = await ask('How many students are there?', { asker: cleo }, noted)
  await read(noted.runEdited({ id: crypto.randomUUID(), sql: 'SELECT name FROM students', edits: id, asker: cleo }))
  await read(noted.runEdited({ id: crypto.randomUUID(), sql: 'DELETE FROM students', edits: id, asker: cleo }))
  await noted.csv(id, cleo)
  const line = { ...from, personId: cleo.id, database: 'school', detail: '' }
  const count = 'SELECT COUNT(*) FROM students'
  expect(audit.last({ limit: 9 })).toMatchObject([
    { ...line, action: 'took CSV', sql: count, rowCount: 1 },
    { ...line, action: 'ran edited SQL', sql: 'SELECT name FROM students', rowCount: 4 },
    { ...line, action: 'asked', sql: count, rowCount: 1 },
  ])
})

describe('asking', () => {
  test('tells how it goes, the reply comes last and is saved by then', async () => {
    const { types, reply, id } = await ask('How many students are there?')
    expect([...new Set(types)]).toEqual(['database', 'tables', 'writing', 'running', 'attempt', 'reply'])
    expect(reply).toMatchObject({ kind: 'answered', questionId: id, headline: expect.stringContaining('4') })
    expect((await open().history.get(id, testAsker))?.reply).toMatchObject({
      headline: reply.headline,
      sql: sqlOf(reply),
    })
  })

  test('an id that was asked is not asked again, also after a restart and while it is under way', async () => {
    const { id } = await ask('How many students are there?')
    for (const one of [conversation, open()])
      await expect(ask('How many students are there?', { id }, one)).rejects.toMatchObject({ code: 'asked-already' })
    const slow = crypto.randomUUID()
    const running = ask('How many courses are there?', { id: slow })
    await expect.poll(() => parts.state.questions.get(slow)?.status).toBe('accepted')
    await expect(ask('How many courses are there?', { id: slow })).rejects.toMatchObject({ code: 'asked-already' })
    conversation.cancel(slow)
    await running
  })

  test('a question that is cancelled ends in a reply that says so; what is not under way cannot be cancelled', async () => {
    const id = crypto.randomUUID()
    const running = ask('How many courses are there?', { id })
    await expect.poll(() => generator.requests.at(-1)?.messages.at(-1)?.content).toMatch(/^How many courses/)
    expect(conversation.cancel(id)).toBe(true)
    expect((await running).reply).toMatchObject({ kind: 'unanswered', reason: 'cancelled', headline: 'Stopped.' })
    expect(conversation.cancel(id)).toBe(false)
    expect(await conversation.history.list({ asker: testAsker, limit: 1 })).toMatchObject([
      { id, status: 'unanswered' },
    ])
  })

  test('what breaks throws, and is remembered as failed with words', async () => {
    const id = crypto.randomUUID()
    await expect(ask('How many teachers are there?', { id })).rejects.toThrow('the model broke')
    expect(await conversation.history.get(id, testAsker)).toMatchObject({
      status: 'failed',
      headline: expect.stringContaining('the model broke'),
      reply: null,
    })
  })

  test.each([
    ['nowhere', 'no-such-database'],
    ['', 'no-such-database'],
  ])('a database called "%s" that is not there is refused before anything is saved', async (name, code) => {
    const id = crypto.randomUUID()
    await expect(ask('How many?', { id, databases: [name] })).rejects.toMatchObject({ code })
    expect(parts.state.questions.get(id)).toBeUndefined()
  })

  test('without a database all are in reach, and the one that fits is asked', async () => {
    const { reply } = await ask('How many students are there?', { databases: [] })
    expect(reply).toMatchObject({ kind: 'answered', database: { name: 'school' } })
  })
})

describe('going on', () => {
  test('a follow-up sees the question and SQL before it, also after a restart', async () => {
    const { id } = await ask('How many students are there?')
    for (const one of [conversation, open()]) {
      const { reply } = await ask('only in Paris', { follows: id }, one)
      expect(sqlOf(reply)).toBe("SELECT COUNT(*) FROM students WHERE city = 'Paris'")
      const texts = generator.requests.at(-1)?.messages.map(({ content }) => content)
      expect(texts).toContain('How many students are there?')
      expect(texts?.join('\n')).toContain('SELECT COUNT(*) FROM students\n')
    }
  })

  test('a month is of the year that was named turns ago, as long as it is asked for', async () => {
    const first = await ask('teachers hired in 2025')
    const april = await ask('and April?', { follows: first.id })
    expect(sqlOf(april.reply)).toBe(hired('2025-04-01', '2025-05-01'))
    const chart = await ask('as a bar chart', { follows: april.id })
    const edit = { id: crypto.randomUUID(), sql: sqlOf(chart.reply).replace('COUNT(*)', 'name'), edits: chart.id }
    const edited = await read(conversation.runEdited({ ...edit, asker: testAsker }))
    const june = await ask('and June?', { follows: edited.reply.questionId }, open())
    expect(sqlOf(june.reply)).toBe(hired('2025-06-01', '2025-07-01').replace('COUNT(*)', 'name'))
    const all = await ask('all teachers', { follows: june.id })
    await ask('and those hired in May', { follows: all.id })
    expect(generator.requests.at(-1)?.messages.at(-1)?.content).toContain("'2026-05-01'")
    expect(parts.state.questions.get(june.id)?.follows).not.toHaveProperty('earlier')
  })

  test('what has no answer cannot be followed up', async () => {
    await expect(ask('only in Paris', { follows: crypto.randomUUID() })).rejects.toMatchObject({
      code: 'no-answer-kept',
    })
  })

  test('edited SQL runs as a question of its own, through the same gate', async () => {
    const { id } = await ask('How many students are there?')
    const edit = (sql: string) =>
      read(conversation.runEdited({ id: crypto.randomUUID(), sql, edits: id, asker: testAsker }))
    const edited = await edit("SELECT name FROM students WHERE city = 'London'")
    expect(edited.reply).toMatchObject({ kind: 'answered', question: 'How many students are there?' })
    expect(edited.reply.questionId).not.toBe(id)
    expect((await edit('DELETE FROM students')).reply).toMatchObject({ kind: 'unanswered' })
    const { reply } = await ask('How many students are there?')
    expect(reply.headline).toContain('4')
  })

  test('edited SQL of another person’s question is refused', async () => {
    const { id } = await ask('How many students are there?')
    const request = { id: crypto.randomUUID(), sql: 'SELECT 1', edits: id, asker: bob }
    await expect(read(conversation.runEdited(request))).rejects.toMatchObject({ code: 'no-such-question' })
  })
})

test('CSV has all rows, also those that the reply had to cut, and no formula that a spreadsheet would run', async () => {
  const { id, reply } = await ask('Show all formulas', { databases: ['sheet'] })
  expect(reply).toMatchObject({ kind: 'answered', table: { cut: expect.stringContaining('200') } })
  for (const one of [conversation, open()]) {
    const { fileName, text } = await one.csv(id, testAsker)
    expect(fileName).toBe('show-all-formulas.csv')
    const lines = text.trimEnd().split('\r\n')
    expect(lines).toHaveLength(251)
    expect(lines[250]).toBe("249,'=SUM(A249)")
    await expect(one.csv(id, bob)).rejects.toMatchObject({ code: 'no-such-question' })
  }
  const rows = await conversation.result(id, testAsker)
  expect(rows).toMatchObject({ columns: ['id', 'formula'], truncated: false })
  expect(rows.rows).toHaveLength(250)
})

describe('history', () => {
  test('is each person’s own', async () => {
    const { id } = await ask('How many students are there?')
    expect(await conversation.history.list({ asker: bob, limit: 10 })).toEqual([])
    expect(await conversation.history.get(id, bob)).toBeNull()
    expect(await conversation.history.remove(id, bob)).toBe(false)
    await expect(conversation.feedback(id, 'up', bob)).rejects.toMatchObject({ code: 'no-such-question' })
    await expect(conversation.result(id, bob)).rejects.toMatchObject({ code: 'no-such-question' })
    expect(await conversation.history.get(id, testAsker)).not.toBeNull()
  })

  test('comes newest first, page by page, and can be searched', async () => {
    const first = await ask('How many students are there?')
    const second = await ask('How many students are there in all?')
    const list = (filter: { limit: number; before?: string; search?: string }) =>
      conversation.history.list({ asker: testAsker, ...filter }).then((found) => found.map(({ id }) => id))
    expect(await list({ limit: 2 })).toEqual([second.id, first.id])
    expect(await list({ limit: 1, before: second.id })).toEqual([first.id])
    expect((await list({ limit: 1, search: 'in all' }))[0]).toBe(second.id)
  })

  test('a verdict is remembered, changed and taken back', async () => {
    const { id } = await ask('How many students are there?')
    for (const thumb of ['up', 'down', null] as const) {
      await conversation.feedback(id, thumb, testAsker)
      expect(await open().history.get(id, testAsker)).toMatchObject({ thumb })
      expect(await conversation.history.list({ asker: testAsker, limit: 1 })).toMatchObject([{ id, thumb }])
    }
  })

  test('what is removed is gone, with what only memory held', async () => {
    const { id } = await ask('How many students are there?')
    expect(await conversation.history.remove(id, testAsker)).toBe(true)
    expect(await conversation.history.get(id, testAsker)).toBeNull()
    await expect(conversation.csv(id, testAsker)).rejects.toMatchObject({ code: 'no-such-question' })
    await expect(ask('only in Paris', { follows: id })).rejects.toMatchObject({ code: 'no-answer-kept' })
    expect(await conversation.history.remove(id, testAsker)).toBe(false)
  })

  test('an interrupted question says what to do', async () => {
    const id = crypto.randomUUID()
    const asked = { id, workspaceId: 'local', askerId: testAsker.id, databaseId: null, text: 'How many?' }
    parts.state.questions.accept(asked)
    expect(await conversation.history.get(id, testAsker)).toMatchObject({ status: 'working', headline: null })
    parts.state.questions.interrupted()
    expect(await conversation.history.get(id, testAsker)).toMatchObject({
      status: 'failed',
      headline: 'Interrupted before there was an answer: ask again.',
      reply: null,
    })
  })
})

describe('databases', () => {
  test('are listed with examples that can be asked, and shown with tables and sample rows', async () => {
    const { databases } = conversation
    const school = (await databases.list(testAsker)).find(({ name }) => name === 'school')
    expect(school).toMatchObject({ name: 'school', source: 'upload', tableCount: 5 })
    expect(school?.examples[0]).toMatch(/^How many \w+ are there\?$/)
    const view = await databases.show('school', testAsker)
    expect(view.tables.find(({ name }) => name === 'courses')?.columns).toContainEqual(
      expect.objectContaining({ name: 'teacher_id', references: { table: 'teachers', column: 'id', guessed: false } }),
    )
    const sample = await databases.sampleRows(view.id, 'students', testAsker)
    expect(sample.rows[0]?.map(({ text }) => text)).toEqual(['1', 'Ben', 'London', 'active', 'Leeds'])
    await expect(databases.show('nobody', testAsker)).rejects.toMatchObject({ code: 'no-such-database' })
    await expect(databases.remove('nobody', testAsker)).rejects.toMatchObject({ code: 'no-such-database' })
  })

  test('are listed by what is known of them, without opening any', async () => {
    const shut = { ...parts.registry, open: () => Promise.reject(new Error('it was opened')) }
    const listed = await open(shut).databases.list(testAsker)
    expect(listed.find(({ name }) => name === 'school')?.dataAge).toMatch(/^Data up to /)
    expect(listed.find(({ name }) => name === 'sheet')?.dataAge).toMatch(/^Uploaded on /)
  })

  test('of which one has lost its file are listed all the same, and that one says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rowbot-lost-'))
    const path = join(folder, 'lost.sqlite')
    copyFileSync(parts.assistant.databases.find('school')?.path ?? '', path)
    const { record } = await parts.assistant.databases.addPath(path, { name: 'lost' })
    try {
      rmSync(folder, { recursive: true })
      const listed = await conversation.databases.list(testAsker)
      expect(listed.find(({ name }) => name === 'school')?.tableCount).toBe(5)
      expect(listed.find(({ name }) => name === 'lost')).toMatchObject({
        tableCount: 0,
        dataAge: expect.stringMatching(/^Cannot be asked: .*lost\.sqlite/),
      })
    } finally {
      await parts.assistant.databases.remove(record.id)
    }
  })

  test('that are added say what was changed on the way, and which columns look personal', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rowbot-added-'))
    try {
      const path = join(folder, 'people.csv')
      writeFileSync(path, 'name,email,n\nAda,ada@example.com,1\nAlan,alan@example.com\n')
      const files = [{ name: 'people.csv', path }]
      const { databases } = conversation
      const { id, warnings } = await databases.add({ name: 'people', description: '', files, asker: testAsker })
      expect(warnings).toContainEqual(expect.stringMatching(/people\.email.*rowbot databases hide/))
      expect(warnings.length).toBeGreaterThan(1)
      writeFileSync(path, 'name,email,n\nAda,ada@example.com,1\n')
      expect((await databases.replace(id, { files, asker: testAsker })).tableCount).toBe(1)
      await databases.remove(id, testAsker)
      await expect(databases.show(id, testAsker)).rejects.toMatchObject({ code: 'no-such-database' })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
