import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { State } from './open-state.ts'
import { type FreshState, freshState } from './testing/fresh-state.ts'
import { startElsewhere } from './testing/other-process.ts'
import { shopRecord } from './testing/shop-record.ts'

let fresh: FreshState
let state: State

beforeEach(() => {
  fresh = freshState({ keptRows: 100 })
  state = fresh.state
})

afterEach(() => fresh.remove())

/** The names of the files of the state in which a text can be found, be it in free space. */
function filesWith(text: string): string[] {
  return readdirSync(fresh.home).filter((name) => readFileSync(join(fresh.home, name)).includes(text))
}

/** A question that leaves the person's secret everywhere where something is kept. */
function ask(id: string, askerId: string, secret: string, databaseId: string | null = null): void {
  state.people.ensure({ id: askerId, workspaceId: 'local', name: `name ${secret}` })
  state.questions.accept({
    id,
    workspaceId: 'local',
    askerId,
    databaseId,
    text: `text ${secret}`,
    follows: { question: `before ${secret}`, sql: 'SELECT 1' },
  })
  const rows = {
    kind: 'rows' as const,
    columns: ['a'],
    rows: Array.from({ length: 100 }, (_, row) => [`cell ${row} ${secret}`]),
    truncated: false,
  }
  const attempt = {
    candidate: { sql: `SELECT '${secret}'`, origin: 'first', logProb: -1 },
    outcome: rows,
    notes: [`note ${secret}`],
    ms: 1,
  }
  state.questions.finish(id, {
    kind: 'answered',
    result: rows,
    trace: { promptVersion: 'v', model: 'm', tables: [secret], stageMs: {}, attempts: [attempt] },
  })
  state.questions.setFeedback({ questionId: id, personId: askerId, verdict: 'down', comment: `comment ${secret}` })
}

it('forgets a person to the last byte', () => {
  for (let number = 0; number < 30; number++) {
    ask(`a${number}`, 'ann', 'ANNS-SECRET')
    ask(`b${number}`, 'bob', 'BOBS-SECRET')
  }
  expect(filesWith('ANNS-SECRET')).not.toEqual([])
  expect(state.forget('ann')).toEqual({ questions: 30, scrubbed: true })
  expect(filesWith('ANNS-SECRET')).toEqual([])
  expect(filesWith('BOBS-SECRET')).not.toEqual([])
  expect(state.questions.list({ limit: 100 })).toHaveLength(30)
  expect(state.forget('ann')).toEqual({ questions: 0, scrubbed: true })
})

it('forgets what the person said about others’ answers, and what others’ follow-ups quote of them', () => {
  ask('q1', 'ann', 'ANNS-SECRET')
  state.questions.accept({
    id: 'q2',
    workspaceId: 'local',
    askerId: 'bob',
    databaseId: null,
    text: 'and in France?',
    follows: { question: 'text ANNS-SECRET', sql: 'SELECT 1' },
  })
  state.questions.setFeedback({ questionId: 'q2', personId: 'ann', verdict: 'up', comment: 'ANNS-SECRET' })
  state.forget('ann')
  expect(state.questions.get('q2')).toMatchObject({ text: 'and in France?', follows: null, feedback: [] })
  expect(filesWith('ANNS-SECRET')).toEqual([])
})

it('leaves follow-ups of another question of the same words', () => {
  const text = 'how many orders last week'
  const accept = (id: string, askerId: string, follows?: { question: string; sql: string; id?: string }) =>
    state.questions.accept({ id, workspaceId: 'local', askerId, databaseId: null, text, ...(follows && { follows }) })
  const turn = (id?: string) => ({ question: text, sql: 'SELECT 1', ...(id && { id }) })
  accept('anns', 'ann')
  accept('bobs', 'bob')
  accept('after-anns', 'bob', { ...turn('anns'), question: 'as it was worded before' })
  accept('after-bobs', 'bob', turn('bobs'))
  accept('after-either', 'bob', turn())
  state.forget('ann')
  expect(state.questions.get('after-anns')?.follows).toBeNull()
  expect(state.questions.get('after-bobs')?.follows).toEqual(turn('bobs'))
  expect(state.questions.get('after-either')?.follows).toBeNull()
})

it('leaves a database of a person who is forgotten without an owner', () => {
  state.databases.insert(shopRecord)
  state.forget('ann')
  expect(state.databases.find('db-1', 'local')?.ownerId).toBeNull()
})

it('deletes what is older than the retention, to the last byte', () => {
  fresh.setClock('2026-10-01T00:00:00Z')
  ask('old', 'ann', 'OLD-SECRET')
  fresh.setClock('2026-11-20T00:00:00Z')
  ask('new', 'ann', 'NEW-SECRET')
  const now = new Date('2026-11-21T00:00:00Z')
  expect(state.prune({ olderThanDays: 60, now })).toEqual({ questions: 0, scrubbed: true })
  expect(state.prune({ olderThanDays: 30, now })).toEqual({ questions: 1, scrubbed: true })
  expect(state.questions.list({}).map(({ id }) => id)).toEqual(['new'])
  // The person is still known, by the name that came with their last question.
  expect(filesWith('OLD-SECRET')).toEqual([])
  expect(filesWith('NEW-SECRET')).not.toEqual([])
})

it('deletes one question to the last byte, and what a follow-up quotes of it', () => {
  ask('q1', 'ann', 'FIRST-SECRET')
  state.questions.accept({
    id: 'q2',
    workspaceId: 'local',
    askerId: 'ann',
    databaseId: null,
    text: 'and in France?',
    follows: { question: 'text FIRST-SECRET', sql: 'SELECT 1' },
  })
  state.people.ensure({ id: 'ann', workspaceId: 'local', name: 'Ann' })
  expect(state.forgetQuestion('q1')).toEqual({ questions: 1, scrubbed: true })
  expect(state.questions.get('q2')?.follows).toBeNull()
  expect(filesWith('FIRST-SECRET')).toEqual([])
})

it('erases the rows that a removed database gave', () => {
  state.databases.insert(shopRecord)
  state.questions.accept({ id: 'q1', workspaceId: 'local', askerId: 'ann', databaseId: 'db-1', text: 'salaries?' })
  const result = { kind: 'rows' as const, columns: ['salary'], rows: [['SECRET-SALARY']], truncated: false }
  state.questions.finish('q1', {
    kind: 'answered',
    result,
    trace: { promptVersion: 'v', model: 'm', tables: [], stageMs: {}, attempts: [] },
  })
  expect(filesWith('SECRET-SALARY')).not.toEqual([])
  state.databases.remove('db-1')
  expect(filesWith('SECRET-SALARY')).toEqual([])
})

it('finishes at the next start what a reader in another process held up', async () => {
  ask('q1', 'ann', 'ANNS-SECRET')
  const database = new URL(import.meta.resolve('better-sqlite3')).href
  const { child } = await startElsewhere(`const { default: Database } = await import(${JSON.stringify(database)})
    const reader = new Database(${JSON.stringify(fresh.path)}, { readonly: true })
    reader.exec('BEGIN')
    say(reader.prepare('SELECT count(*) FROM questions').pluck().get())
    setInterval(() => {}, 1000)`)
  const forgotten = state.forget('ann')
  expect(forgotten).toEqual({ questions: 1, scrubbed: false })
  expect(state.questions.list({})).toEqual([])
  child.kill('SIGKILL')
  state = fresh.reopen()
  expect(filesWith('ANNS-SECRET')).toEqual([])
  const sqlite = new Database(fresh.path, { readonly: true })
  expect(sqlite.prepare('SELECT count(*) FROM marks').pluck().get()).toBe(0)
  sqlite.close()
})
