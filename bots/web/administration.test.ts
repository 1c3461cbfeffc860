import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { standardAskSettings } from '#core/ask-settings.ts'
import { createAssistant } from '#core/assistant.ts'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { type ScriptedGenerator, scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { createConversation } from '../conversation/create-conversation.ts'
import { createAdministration } from '../desk/administration.ts'
import { testParts } from '../testing/open-console.ts'
import { asNotice, asReply, openTestDesk, type TestDesk, wordsOf } from '../testing/open-test-desk.ts'
import { createWebApp, type WebApp } from './create-web-app.ts'

const host = '127.0.0.1:4680'
const STUDENTS = 'How many students are there?'

let desk: TestDesk
let app: WebApp
let generator: ScriptedGenerator
let school: string
const uploadDir = mkdtempSync(join(tmpdir(), 'rowbot-uploads-'))

beforeAll(async () => {
  generator = scriptedGenerator([
    { when: /Paris/, say: "SELECT COUNT(*) FROM students WHERE city = 'Paris'" },
    { when: /./, say: 'SELECT COUNT(*) FROM students' },
  ])
  desk = await openTestDesk({ dumps: { school: SCHOOL_DUMP }, generator, owner: 'olga', channels: [] })
  school = desk.ids.school ?? ''
  const { state, registry } = desk.parts
  const history = state.questions
  const settings = { locale: 'en-US', timeZone: 'UTC', weekStart: 'monday' as const }
  const conversation = createConversation({
    assistant: createAssistant({
      databases: registry,
      generator,
      history,
      settings: standardAskSettings,
      knowledge: state,
    }),
    history,
    removeQuestion: (id) => state.forgetQuestion(id).questions > 0,
    sampleId: null,
    maxCsvRows: 1000,
  })
  const administration = createAdministration({ memory: state, databases: registry, settings })
  const parts = { ...testParts(), conversation, administration, uploadDir }
  app = createWebApp({ ...parts, isLocalOnly: true, port: 4680 })
})

afterAll(async () => {
  await app.close({ graceMs: 100 })
  await desk.close()
  rmSync(uploadDir, { recursive: true, force: true })
})

async function send(path: string, method = 'GET', json?: unknown) {
  const body = json === undefined ? {} : { body: JSON.stringify(json) }
  const headers = { host, ...(json === undefined ? {} : { 'content-type': 'application/json' }) }
  const response = await app.request(`/api${path}`, { method, headers, ...body })
  const text = await response.text()
  return { status: response.status, text, json: () => JSON.parse(text) }
}

async function ask(text: string, more: object = {}): Promise<string> {
  const id = crypto.randomUUID()
  await send('/questions', 'POST', { id, text, databases: [school], ...more })
  await send(`/questions/${id}/events`)
  return id
}

const thumb = async (id: string, given: 'up' | 'down' | null) =>
  (await send(`/questions/${id}/feedback`, 'PUT', { thumb: given })).json()
const rules = async () => (await send(`/administration/databases/${school}`)).json()

describe('a thumb in the console', () => {
  test('up verifies the answer: who asks the same gets it at once, until it is taken back', async () => {
    const id = await ask(STUDENTS)
    expect(await thumb(id, 'up')).toEqual({ thumb: 'up', verified: true })
    expect((await rules()).verified).toMatchObject([
      { questionId: id, question: STUDENTS, sql: 'SELECT COUNT(*) FROM students' },
    ])
    generator.requests.length = 0
    const again = await ask('how many students are there')
    expect(generator.requests).toEqual([])
    expect((await send(`/questions/${again}`)).json().reply.notes).toEqual([expect.stringMatching(/^Verified/)])
    expect((await send(`/administration/verified/${id}`, 'DELETE')).status).toBe(204)
    expect((await send(`/administration/verified/${id}`, 'DELETE')).status).toBe(404)
    await ask(STUDENTS)
    expect(generator.requests.length).toBeGreaterThan(0)
    await thumb(id, 'up')
    expect(await thumb(id, 'down')).toEqual({ thumb: 'down', verified: false })
    expect((await rules()).verified).toEqual([])
  })

  test('verifies edited SQL for its question, and no follow-up, edited or not', async () => {
    const edit = async (of: string, sql: string) => {
      const id = crypto.randomUUID()
      await send(`/questions/${of}/edited`, 'POST', { id, sql })
      await send(`/questions/${id}/events`)
      return id
    }
    const first = await ask(STUDENTS)
    const followUp = await ask('only in Paris', { follows: first })
    expect(await thumb(followUp, 'up')).toMatchObject({ verified: false })
    expect(await thumb(await edit(followUp, 'SELECT COUNT(*) FROM students WHERE city = 1'), 'up')).toMatchObject({
      verified: false,
    })
    const edited = await edit(first, 'SELECT COUNT(id) FROM students')
    expect(await thumb(edited, 'up')).toMatchObject({ verified: true })
    expect((await rules()).verified).toMatchObject([{ question: STUDENTS, sql: 'SELECT COUNT(id) FROM students' }])
    await thumb(edited, null)
    expect((await rules()).verified).toEqual([])
  })
})

test('words are defined in one line, get another meaning and are removed', async () => {
  const path = `/administration/databases/${school}/glossary`
  expect((await send(path, 'PUT', { term: ' drop-out ', meaning: 'status\n is left' })).status).toBe(204)
  expect((await rules()).glossary).toEqual([{ term: 'drop-out', meaning: 'status is left' }])
  await send(path, 'PUT', { term: 'Drop-out', meaning: 'gone' })
  expect((await rules()).glossary).toEqual([{ term: 'Drop-out', meaning: 'gone' }])
  expect((await send(path, 'PUT', { term: ' ', meaning: 'x' })).json()).toMatchObject({
    message: 'Write the word that is defined.',
    advice: expect.any(String),
  })
  expect((await send(`${path}?term=drop-out`, 'DELETE')).status).toBe(204)
  expect((await send(`${path}?term=drop-out`, 'DELETE')).status).toBe(404)
  expect((await send('/administration/databases/nowhere')).json().code).toBe('no-such-database')
})

test('a channel may ask what the console lets it ask, and no longer', async () => {
  const save = (about: object) => {
    const nobody = { people: [], groups: [], channels: [], bound: [], guests: false, strangers: false }
    return send(`/administration/databases/${school}/access`, 'PUT', { ...nobody, ...about })
  }
  expect(asNotice((await desk.answer(STUDENTS)).message).text).toContain('no database yet that you may ask')
  const saved = (await save({ bound: ['chat:w:sales'] })).json()
  expect(saved).toMatchObject({ channels: ['chat:w:sales'], bound: ['chat:w:sales'] })
  expect(saved.known.people).toContainEqual({ id: 'chat:ann', name: 'ann' })
  expect(saved.known.channels).toContain('chat:w:sales')
  asReply((await desk.answer(STUDENTS)).message)
  await save({ people: ['chat:ben'] })
  expect(wordsOf((await desk.answer(STUDENTS)).message)).toContain('no database yet that you may ask')
  expect((await save({ channels: ['sales'] })).json()).toMatchObject({ code: 'not-an-id', advice: expect.any(String) })
  expect((await rules()).access.people).toEqual(['chat:ben'])
  const changes = (await send('/administration'))
    .json()
    .audit.filter(({ personId }: { personId: string }) => personId === 'console')
  expect(changes).toMatchObject([{ action: 'changed who may ask', database: 'school' }, {}])
})

test('limits of a workspace hold in its chat, and the audit log comes as CSV', async () => {
  const limit = (workspace: string, perDay: number | null) =>
    send('/administration/quota', 'PUT', { workspace, scope: 'channel', perDay, message: 'Ask Olga' })
  expect((await limit('chat:nowhere', 1)).json().code).toBe('no-such-workspace')
  expect((await limit('chat:w', 1)).status).toBe(204)
  expect((await send('/administration')).json().workspaces).toContainEqual({
    ...{ id: 'chat:w', name: '', quotas: [{ scope: 'channel', perDay: 1, message: 'Ask Olga' }] },
  })
  expect(() => desk.ask(STUDENTS)).toThrow('Ask Olga')
  await limit('chat:w', null)
  expect((await limit('chat:w', 0)).status).toBe(400)
  const csv = await send('/administration/audit.csv?days=2')
  expect(csv.text).toContain('at,person,name,')
  expect(csv.text).toContain(',asked,school,1,SELECT COUNT(*) FROM students')
})
