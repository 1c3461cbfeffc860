import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseRecord, NewResult } from './evaluation-record.ts'
import { type FreshState, freshState } from './testing/fresh-state.ts'
import { startElsewhere } from './testing/other-process.ts'
import { shopRecord } from './testing/shop-record.ts'

let fresh: FreshState

beforeEach(() => {
  fresh = freshState({ keptRows: 10 })
})
afterEach(() => fresh.remove())

const plan: CaseRecord[] = ['a', 'b', 'c'].map((hash) => ({
  hash,
  caseId: `dev-${hash}`,
  database: 'shop',
  question: `How many ${hash}?`,
  gold: `SELECT count(*) FROM ${hash}`,
  hardness: 'easy',
}))
const run = { id: 'r1', groupId: 'g1', kind: 'manual' as const, dataset: 'dev', label: 'all', setup: { model: 'm' } }
const right: NewResult = {
  verdict: 'right',
  suiteRight: null,
  sql: 'SELECT 1',
  message: null,
  fault: null,
  writtenRight: false,
  fittedRight: true,
  origin: 'first',
  ms: 12,
  tokens: 9,
  generatingMs: 10,
  trace: { promptVersion: 'p', model: 'm', tables: [], stageMs: {}, attempts: [] },
}

describe('a run', () => {
  it('keeps what was done, and knows what is still to be asked, over a restart', () => {
    fresh.state.evaluation.start(run, plan)
    fresh.state.evaluation.save('r1', 1, right)
    const again = fresh.reopen().evaluation
    expect(again.progress('r1')).toEqual({ planned: 3, done: 1, right: 1 })
    expect(again.pending('r1').map(({ ordinal, case: one }) => [ordinal, one.hash])).toEqual([
      [0, 'a'],
      [2, 'c'],
    ])
    expect([...again.results('r1')]).toMatchObject([{ ...right, ordinal: 1, case: { hash: 'b' } }])
    expect(again.result('r1', 1)).toMatchObject({ sql: 'SELECT 1' })
    expect(again.result('r1', 0)).toBeUndefined()
    expect(again.resume('r1')).toMatchObject({ status: 'running', setup: { model: 'm' } })
  })

  it('is found by the beginning of its id and as the last, and can be pinned', () => {
    const { evaluation } = fresh.state
    evaluation.start(run, plan)
    evaluation.start({ ...run, id: 'r2' }, plan)
    evaluation.end('r1', 'finished')
    evaluation.pin('dev', 'r1')
    expect(evaluation.find('last').id).toBe('r2')
    expect(evaluation.find('r').id).toBe('r2')
    evaluation.start({ ...run, id: 'r1-2' }, plan)
    expect(evaluation.find('r1')).toMatchObject({ status: 'finished', pinned: true })
    expect(evaluation.list({ pinned: true }).map(({ id }) => id)).toEqual(['r1'])
    expect(() => evaluation.find('x')).toThrow(expect.objectContaining({ code: 'no-such-run' }))
    expect(() => evaluation.resume('r1')).toThrow(expect.objectContaining({ code: 'run-finished' }))
  })

  it('is resumed by one process at a time, and at once after the other was killed', async () => {
    fresh.setClock(new Date().toISOString())
    fresh.state.evaluation.start(run, plan)
    fresh.state.evaluation.end('r1', 'stopped')
    const { child } = await startElsewhere(`
      const state = openState({ path: ${JSON.stringify(fresh.path)} })
      say(attempt(() => state.evaluation.resume('r1')))
      setInterval(() => {}, 1000)`)
    expect(() => fresh.state.evaluation.resume('r1')).toThrow(expect.objectContaining({ code: 'run-in-use' }))
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(fresh.state.evaluation.resume('r1')).toMatchObject({ status: 'running' })
  })
})

describe('a night', () => {
  it('is taken again by the process that could not end it, also where its clock was set back', () => {
    const { nights } = fresh.state
    fresh.setClock('2026-11-22T10:00:00Z')
    expect(nights.claim('2026-11-21')).not.toBeNull()
    expect(nights.claim('2026-11-21')).toBeNull()
    fresh.setClock('2026-11-21T10:00:00Z')
    expect(nights.claim('2026-11-21')).toMatchObject({ status: 'running' })
  })

  it('belongs to one process, which may post once per channel', async () => {
    fresh.setClock(new Date().toISOString())
    const { child, said } = await startElsewhere(`
      const state = openState({ path: ${JSON.stringify(fresh.path)} })
      say([state.nights.claim('2026-11-21')?.night, state.nights.reservePost('2026-11-21', 'one', 1000)])
      setInterval(() => {}, 1000)`)
    expect(said).toEqual(['2026-11-21', 'new'])
    const { nights } = fresh.state
    expect(nights.claim('2026-11-21')).toBeNull()
    expect(nights.reservePost('2026-11-21', 'one', 60_000)).toBeNull()
    expect(nights.reservePost('2026-11-21', 'two', 60_000)).toBe('new')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(nights.claim('2026-11-21')).toMatchObject({ night: '2026-11-21', status: 'running' })
    fresh.setClock(new Date(Date.now() + 61_000).toISOString())
    expect(nights.reservePost('2026-11-21', 'one', 60_000)).toBe('again')
    expect(nights.reservePost('2026-11-21', 'one', 60_000)).toBeNull()
    nights.end('2026-11-21', 'done')
    expect(nights.claim('2026-11-21')).toBeNull()
    nights.end('2026-11-20', 'missed')
    expect(nights.list().map(({ night, status }) => [night, status])).toEqual([
      ['2026-11-21', 'done'],
      ['2026-11-20', 'missed'],
    ])
  })
})

it('a case of one’s own goes with the person who had asked, and with it what runs say of it', () => {
  const { state } = fresh
  state.databases.insert({ ...shopRecord, id: 'db', ownerId: null })
  state.people.ensure({ id: 'ann', workspaceId: 'local' })
  const own = { id: 'own', databaseId: 'db', question: 'How many?', follows: null, accepted: ['SELECT 1'] }
  const from = { fromQuestionId: 'q', askerId: 'ann', askedAt: '2026-11-21T10:00:00.000Z' }
  expect(state.ownCases.add({ ...own, ...from })).toBe(true)
  expect(state.ownCases.add({ ...own, ...from, id: 'other' })).toBe(false)
  state.evaluation.start(run, [{ ...(plan[0] as CaseRecord), ownCaseId: 'own' }])
  expect(state.ownCases.list()).toMatchObject([{ ...own, ...from }])
  state.forget('ann')
  expect(state.ownCases.list()).toEqual([])
  expect(state.evaluation.progress('r1').planned).toBe(0)
})
