import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { State } from './open-state.ts'
import { type FreshState, freshState } from './testing/fresh-state.ts'
import { shopRecord } from './testing/shop-record.ts'

let fresh: FreshState
let state: State

beforeEach(() => {
  fresh = freshState({ keptRows: 100 })
  state = fresh.state
  state.databases.insert(shopRecord)
  for (const id of ['chat:ann', 'chat:ben']) state.people.ensure({ id, workspaceId: 'chat:w' })
  state.questions.accept({ id: 'q1', workspaceId: 'chat:w', askerId: 'chat:ann', databaseId: 'db-1', text: 'how MANY' })
})

afterEach(() => fresh.remove())

const filesWith = (text: string) =>
  readdirSync(fresh.home).filter((name) => readFileSync(join(fresh.home, name)).includes(text))

const verified = (question: string) => ({
  databaseId: 'db-1',
  normal: question.toLowerCase(),
  question,
  sql: 'SELECT 1',
  periods: [{ text: 'last week', start: '2026-11-09', end: '2026-11-16' }],
  questionId: 'q1',
  askedBy: 'chat:ann',
  verifiedBy: 'chat:ben',
})

it('a glossary defines each term once, whatever its case', () => {
  state.glossary.put({ databaseId: 'db-1', term: 'Revenue', meaning: 'gross', addedBy: 'chat:ben' })
  state.glossary.put({ databaseId: 'db-1', term: 'revenue', meaning: 'net of returns', addedBy: 'chat:ann' })
  expect(state.glossary.list('db-1')).toMatchObject([{ term: 'revenue', meaning: 'net of returns' }])
  state.forget('chat:ann')
  expect(state.glossary.list('db-1')).toMatchObject([{ addedBy: null }])
  expect(state.glossary.remove('db-1', 'REVENUE')).toBe(true)
  expect(state.glossary.list('db-1')).toEqual([])
})

it('a verified answer stays when its question grows old, and goes with whoever asked it', () => {
  state.verified.put(verified('How many?'))
  expect(state.verified.find('db-1', 'how many?')).toMatchObject({ sql: 'SELECT 1', verifiedBy: 'chat:ben' })
  state.prune({ olderThanDays: 1, now: new Date('2027-01-01T00:00:00Z') })
  expect(state.questions.get('q1')).toBeUndefined()
  expect(state.verified.list('db-1', 9)).toHaveLength(1)
  state.forget('chat:ann')
  expect(state.verified.list('db-1', 9)).toEqual([])
})

it('a verified answer is deleted with its question, and taken back', () => {
  state.verified.put(verified('SECRET-WORDS?'))
  state.forgetQuestion('q1')
  expect(state.verified.list('db-1', 9)).toEqual([])
  expect(filesWith('SECRET-WORDS')).toEqual([])
  state.verified.put(verified('How many?'))
  expect(state.verified.remove('q1')).toBe(true)
  expect(state.verified.remove('q1')).toBe(false)
})

it('saved questions belong to a person', () => {
  state.saved.save('chat:ben', 'q1')
  state.saved.save('chat:ben', 'q1')
  expect(state.saved.list('chat:ben', 9)).toEqual([{ id: 'q1', text: 'how MANY' }])
  expect(state.saved.list('chat:ann', 9)).toEqual([])
  state.saved.remove('chat:ben', 'q1')
  expect(state.saved.list('chat:ben', 9)).toEqual([])
})

it('the review list holds what was found wrong, until it is dealt with', () => {
  state.questions.setFeedback({ questionId: 'q1', personId: 'chat:ben', verdict: 'down', comment: 'no returns' })
  expect(state.reviews.list(9)).toMatchObject([{ questionId: 'q1', personId: 'chat:ben', comment: 'no returns' }])
  state.reviews.settle('q1')
  expect(state.reviews.list(9)).toEqual([])
})

it('the audit log says who got what, forgets who it was with the person, and ends with the retention', () => {
  const line = { workspaceId: 'chat:w', action: 'asked', channel: 'sales', database: 'Shop', rowCount: 3, detail: '' }
  fresh.setClock('2026-11-01T00:00:00Z')
  state.audit.write({ ...line, personId: 'chat:ann', sql: "SELECT 'ANNS-SECRET'" })
  fresh.setClock('2026-11-20T00:00:00Z')
  state.audit.write({ ...line, personId: 'chat:ben', sql: 'SELECT 2' })
  expect(state.audit.last({ workspaceId: 'chat:w', limit: 1 })).toMatchObject([{ personId: 'chat:ben', rowCount: 3 }])
  expect(state.audit.last({ workspaceId: 'elsewhere', limit: 9 })).toEqual([])
  expect(state.audit.since(new Date('2026-10-01T00:00:00Z'))).toHaveLength(2)
  state.forget('chat:ann')
  expect(filesWith('ANNS-SECRET')).toEqual([])
  expect(state.audit.since(new Date('2026-10-01T00:00:00Z'))).toMatchObject([{ personId: '', rowCount: 3 }, {}])
  state.prune({ olderThanDays: 10, now: new Date('2026-11-21T00:00:00Z') })
  expect(state.audit.since(new Date('2026-10-01T00:00:00Z'))).toMatchObject([{ personId: 'chat:ben' }])
})
