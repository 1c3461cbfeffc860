import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Rows } from '../sandbox/query-outcome.ts'
import { openState, type State } from './open-state.ts'
import type { FinishedAnswer, RecordedAttempt } from './question-record.ts'
import { type FreshState, freshState } from './testing/fresh-state.ts'
import { runElsewhere } from './testing/other-process.ts'
import { shopRecord } from './testing/shop-record.ts'

let fresh: FreshState
let state: State

beforeEach(() => {
  fresh = freshState({ keptRows: 2 })
  state = fresh.state
})

afterEach(() => fresh.remove())

const rows: Rows = {
  kind: 'rows',
  columns: ['n', 'n'],
  rows: [
    [9007199254740993n, null],
    [new Uint8Array([0, 255]), 'ü'],
    [3, 4],
  ],
  truncated: false,
}

const attempts: RecordedAttempt[] = [
  {
    candidate: { sql: 'SELECT nam FROM t', origin: 'first', logProb: -0.25 },
    outcome: { kind: 'rejected', message: 'no such column: nam' },
    notes: [],
    ms: 1.5,
  },
  {
    candidate: { sql: 'SELECT name FROM t', origin: 'repair', logProb: null },
    outcome: rows,
    notes: ['"x" was read as text'],
    ms: 2,
  },
]

const answered: FinishedAnswer & Record<string, unknown> = {
  kind: 'answered',
  database: { id: 'db-1' },
  sql: 'SELECT name FROM t',
  result: rows,
  trace: {
    questionId: 'q1',
    promptVersion: 'v1',
    model: 'm',
    adapter: 'a',
    tables: ['t'],
    stageMs: { prompt: 3 },
    attempts,
  } as FinishedAnswer['trace'],
}

const accept = (
  id: string,
  changes: { askerId?: string; databaseId?: string | null; text?: string; workspaceId?: string } = {},
) =>
  state.questions.accept({
    id,
    workspaceId: 'local',
    askerId: 'ann',
    databaseId: null,
    text: `question ${id}`,
    ...changes,
  })

const ids = (list: { id: string }[]) => list.map(({ id }) => id)

describe('questions', () => {
  it('go with the database that they were asked of', () => {
    state.databases.insert(shopRecord)
    accept('q1', { databaseId: 'db-1' })
    accept('q2')
    state.questions.finish('q1', answered)
    expect(state.databases.remove('db-1')).toBe(true)
    expect(state.databases.remove('db-1')).toBe(false)
    expect(ids(state.questions.list({}))).toEqual(['q2'])
    expect(state.databases.list()).toEqual([])
  })

  it('come back with answer, trace and feedback; of the rows only the first', () => {
    state.databases.insert(shopRecord)
    expect(
      state.questions.accept({
        id: 'q1',
        workspaceId: 'local',
        askerId: 'ann',
        databaseId: 'db-1',
        text: 'how many?',
        follows: { question: 'and?', sql: 'SELECT 1' },
      }),
    ).toBe(true)
    fresh.setClock('2026-11-21T10:00:02Z')
    expect(state.questions.finish('q1', answered)).toBe(true)
    state.questions.setFeedback({ questionId: 'q1', personId: 'bob', verdict: 'down', comment: 'too many' })
    expect(state.questions.get('q1')).toEqual({
      id: 'q1',
      workspaceId: 'local',
      askerId: 'ann',
      databaseId: 'db-1',
      text: 'how many?',
      follows: { question: 'and?', sql: 'SELECT 1' },
      status: 'answered',
      answer: {
        kind: 'answered',
        database: { id: 'db-1' },
        sql: 'SELECT name FROM t',
        result: { ...rows, rows: rows.rows.slice(0, 2) },
      },
      rowCount: 3,
      failure: null,
      acceptedAt: '2026-11-21T10:00:00.000Z',
      finishedAt: '2026-11-21T10:00:02.000Z',
      trace: {
        questionId: 'q1',
        promptVersion: 'v1',
        model: 'm',
        adapter: 'a',
        tables: ['t'],
        stageMs: { prompt: 3 },
        attempts: [attempts[0], { ...attempts[1], outcome: { kind: 'rows', rowCount: 3, truncated: false } }],
      },
      feedback: [{ personId: 'bob', verdict: 'down', comment: 'too many', givenAt: '2026-11-21T10:00:02.000Z' }],
    })
    expect(state.questions.get('q2')).toBeUndefined()
  })

  it('are accepted once', () => {
    expect(accept('q1')).toBe(true)
    expect(accept('q1', { text: 'again' })).toBe(false)
    expect(state.questions.get('q1')?.text).toBe('question q1')
  })

  it('are finished once', () => {
    accept('q1')
    expect(state.questions.finish('q1', answered)).toBe(true)
    expect(state.questions.finish('q1', answered)).toBe(false)
    expect(state.questions.fail('q1', { code: 'c', message: 'm', advice: 'a' })).toBe(false)
    expect(state.questions.finish('nobody asked', answered)).toBe(false)
    expect(state.questions.get('q1')?.trace?.attempts).toHaveLength(2)
  })

  it('may be asked of a file that is not registered', () => {
    accept('q1', { databaseId: 'a file' })
    state.questions.finish('q1', { ...answered, database: { id: 'a file' } })
    expect(state.questions.get('q1')).toMatchObject({ databaseId: null, status: 'answered' })
  })

  it('remember which database was chosen in the end', () => {
    state.databases.insert(shopRecord)
    accept('q1')
    state.questions.finish('q1', answered)
    expect(state.questions.get('q1')?.databaseId).toBe('db-1')
  })

  it('end unanswered, or failed with advice', () => {
    accept('q1')
    accept('q2')
    state.questions.finish('q1', {
      kind: 'unanswered',
      trace: { promptVersion: '', model: '', tables: [], stageMs: {}, attempts: [] },
    })
    state.questions.fail('q2', { code: 'out-of-memory', message: 'No memory.', advice: 'Buy some.' })
    expect(state.questions.get('q1')).toMatchObject({
      status: 'unanswered',
      answer: { kind: 'unanswered' },
      rowCount: null,
    })
    expect(state.questions.get('q2')).toMatchObject({
      status: 'failed',
      failure: { code: 'out-of-memory', message: 'No memory.', advice: 'Buy some.' },
      trace: null,
    })
  })

  it('are listed newest first, page by page, by database, person and text', () => {
    state.databases.insert(shopRecord)
    for (let number = 1; number <= 9; number++) {
      accept(`q${number}`, {
        askerId: number % 2 ? 'ann' : 'bob',
        databaseId: number > 5 ? 'db-1' : null,
        text: number === 3 ? '100%_sure' : `orders ${number}`,
      })
    }
    const list = state.questions.list
    expect(ids(list({ limit: 3 }))).toEqual(['q9', 'q8', 'q7'])
    expect(ids(list({ limit: 3, before: 'q7' }))).toEqual(['q6', 'q5', 'q4'])
    expect(ids(list({ before: 'gone' }))).toEqual([])
    expect(ids(list({ askerId: 'bob', databaseId: 'db-1' }))).toEqual(['q8', 'q6'])
    expect(ids(list({ text: 'ORDERS 4' }))).toEqual(['q4'])
    expect(ids(list({ text: '%_' }))).toEqual(['q3'])
    expect(ids(list({ text: "'; DROP TABLE questions; --" }))).toEqual([])
    expect(list({ workspaceId: 'other' })).toEqual([])
    expect(list({})).toHaveLength(9)
  })

  it('take hostile text as text', () => {
    const text = 'Robert"); DROP TABLE questions;-- \u0000 🤖 ‮'
    accept('q1', { text, askerId: "a'b", workspaceId: 'w"x' })
    expect(state.questions.get('q1')).toMatchObject({ askerId: "a'b", workspaceId: 'w"x' })
    expect(state.questions.get('q1')?.text).toBe(text)
    expect(accept('q2', { text: 'half a character: \ud800' })).toBe(true)
    expect(state.questions.get('q2')?.text).toContain('half a character')
  })

  it('that were under way when the process died are marked as interrupted, and can still be finished', () => {
    accept('q1')
    accept('q2')
    state.questions.finish('q1', answered)
    fresh.setClock('2026-11-21T11:00:00Z')
    state = fresh.reopen()
    expect(state.questions.interrupted()).toMatchObject([
      { id: 'q2', status: 'interrupted', finishedAt: '2026-11-21T11:00:00.000Z', text: 'question q2' },
    ])
    expect(state.questions.interrupted()).toEqual([])
    expect(state.questions.get('q2')?.status).toBe('interrupted')
    expect(state.questions.finish('q2', answered)).toBe(true)
    expect(state.questions.get('q2')?.status).toBe('answered')
  })

  it('survive a SIGKILL right after they were accepted', async () => {
    const path = join(fresh.home, 'killed', 'state.sqlite')
    await runElsewhere(`const state = openState({ path: ${JSON.stringify(path)} })
      say(state.questions.accept({ id: 'q1', workspaceId: 'local', askerId: 'ann', databaseId: null, text: 'how many?' }))
      process.kill(process.pid, 'SIGKILL')`)
    const after = openState({ path })
    expect(ids(after.questions.interrupted())).toEqual(['q1'])
    after.close()
  })
})

it('removes a question with what belongs to it', () => {
  accept('q1')
  state.questions.finish('q1', answered)
  state.questions.setFeedback({ questionId: 'q1', personId: 'bob', verdict: 'up' })
  expect(state.forgetQuestion('q1')).toEqual({ questions: 1, scrubbed: true })
  expect(state.forgetQuestion('q1')).toEqual({ questions: 0, scrubbed: true })
  expect(state.questions.get('q1')).toBeUndefined()
  expect(accept('q1')).toBe(true)
  expect(state.questions.get('q1')).toMatchObject({ feedback: [], trace: null })
})

it('replaces feedback, takes it back, and knows when there is no such question', () => {
  accept('q1')
  const feedback = () =>
    state.questions.get('q1')?.feedback.map(({ personId, verdict, comment }) => `${personId} ${verdict} ${comment}`)
  expect(state.questions.setFeedback({ questionId: 'q1', personId: 'bob', verdict: 'up' })).toBe(true)
  state.questions.setFeedback({ questionId: 'q1', personId: 'cat', verdict: 'up' })
  state.questions.setFeedback({ questionId: 'q1', personId: 'bob', verdict: 'down', comment: 'wrong' })
  expect(feedback()?.sort()).toEqual(['bob down wrong', 'cat up '])
  state.questions.setFeedback({ questionId: 'q1', personId: 'bob', verdict: null })
  expect(feedback()).toEqual(['cat up '])
  expect(state.questions.setFeedback({ questionId: 'q2', personId: 'bob', verdict: 'up' })).toBe(false)
})
