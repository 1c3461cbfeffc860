import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewJob } from './job-store.ts'
import { openState, type State } from './open-state.ts'
import { type FreshState, freshState } from './testing/fresh-state.ts'
import { shopRecord } from './testing/shop-record.ts'

let fresh: FreshState
let state: State

beforeEach(() => {
  fresh = freshState({ keptRows: 100 })
  state = fresh.state
})

afterEach(() => fresh.remove())

function accept(id: string, about: Partial<NewJob> = {}) {
  const job: NewJob = {
    key: `chat:${id}`,
    personId: 'chat:ann',
    channel: 'chat:w:sales',
    thread: '',
    origin: '{}',
    handle: 'token',
    message: null,
    onlyMe: false,
    databases: null,
    edits: null,
    sql: null,
    ...about,
  }
  return state.jobs.accept(
    { id, workspaceId: 'chat:w', askerId: job.personId, databaseId: null, text: `text of ${id}` },
    job,
  )
}

const until = new Date('2026-11-21T10:01:00Z')

describe('jobs', () => {
  it('are saved with their question, once for each key', () => {
    expect(accept('q1', { key: 'chat:event-1' })).toEqual({ isNew: true, questionId: 'q1' })
    expect(accept('q2', { key: 'chat:event-1' })).toEqual({ isNew: false, questionId: 'q1' })
    expect(state.questions.list({}).map(({ id }) => id)).toEqual(['q1'])
    expect(state.jobs.waiting()).toMatchObject([{ questionId: 'q1', personId: 'chat:ann' }])
  })

  it('are leased to one holder, and come back when that one is dead or late', () => {
    accept('q1')
    accept('q2')
    expect(state.jobs.claim('q1', { holder: 'one', until })).toBe(true)
    expect(state.jobs.claim('q1', { holder: 'two', until })).toBe(false)
    expect(state.jobs.release({ holder: 'one', now: new Date('2026-11-21T10:00:30Z') })).toBe(0)
    state.jobs.renew({ holder: 'one', until: new Date('2026-11-21T10:05:00Z') })
    expect(state.jobs.release({ holder: 'one', now: new Date('2026-11-21T10:02:00Z') })).toBe(0)
    expect(state.jobs.release({ holder: 'one', now: new Date('2026-11-21T10:06:00Z') })).toBe(1)
    state.jobs.claim('q1', { holder: 'one', until })
    state = fresh.reopen()
    expect(state.jobs.release({ holder: 'after the restart', now: new Date('2026-11-21T10:00:00Z') })).toBe(1)
    expect(state.jobs.waiting()).toHaveLength(2)
  })

  it('change only from the state that is expected', () => {
    accept('q1')
    expect(state.jobs.setWhere('q1', 'running', { state: 'ended' })).toBe(false)
    expect(state.jobs.setWhere('q1', 'waiting', { state: 'done' })).toBe(true)
    expect(state.jobs.count('done')).toBe(1)
  })

  it('are counted per person and channel, and found by what was posted or asked', () => {
    accept('q1', { message: 'm1', thread: 'chat:w:sales:t1' })
    accept('q2', { personId: 'chat:ben' })
    state.jobs.set('q1', { posted: 'ref-1' })
    const since = new Date('2026-11-21T00:00:00Z')
    expect(state.jobs.countSince(since, { personId: 'chat:ann' })).toBe(1)
    expect(state.jobs.countSince(since, { channel: 'chat:w:sales' })).toBe(2)
    expect(state.jobs.findPosted('ref-1')?.questionId).toBe('q1')
    expect(state.jobs.findMessage('chat:w:sales', 'm1')?.questionId).toBe('q1')
    const thread = { channel: 'chat:w:sales', thread: 'chat:w:sales:t1', message: 't1', personId: 'chat:ben' }
    expect(state.jobs.lastAnswered(thread)).toBeUndefined()
    const trace = { promptVersion: 'v', model: 'm', tables: [], stageMs: {}, attempts: [] }
    state.questions.finish('q1', { kind: 'answered', trace })
    expect(state.jobs.lastAnswered(thread)?.questionId).toBe('q1')
    state.jobs.set('q1', { onlyMe: true })
    expect(state.jobs.lastAnswered(thread)).toBeUndefined()
    expect(state.jobs.lastAnswered({ ...thread, personId: 'chat:ann' })?.questionId).toBe('q1')
  })

  it('go with the person who is forgotten', () => {
    accept('q1')
    state.forget('chat:ann')
    expect(state.jobs.get('q1')).toBeUndefined()
  })
})

describe('access', () => {
  beforeEach(() => state.databases.insert(shopRecord))

  it('is nobody’s until it is granted, and goes with a person who is forgotten', () => {
    const nobody = { people: [], groups: [], channels: [], guests: false, strangers: false }
    expect(state.access.rules('db-1')).toEqual(nobody)
    const rules = { people: ['chat:ben'], groups: ['g'], channels: ['chat:w:sales'], guests: true, strangers: false }
    state.access.setRules('db-1', rules)
    expect(state.access.rules('db-1')).toEqual(rules)
    state.people.ensure({ id: 'chat:ben', workspaceId: 'chat:w' })
    state.forget('chat:ben')
    expect(state.access.rules('db-1').people).toEqual([])
    state.access.setRules('db-1', nobody)
    expect(state.access.rules('db-1')).toEqual(nobody)
  })

  it('and bindings go with their database', () => {
    state.access.bind('chat:w:sales', ['db-1'])
    expect(state.access.bound('chat:w:sales')).toEqual(['db-1'])
    state.databases.remove('db-1')
    expect(state.access.bound('chat:w:sales')).toEqual([])
  })
})

describe('what people and workspaces have set', () => {
  it('is kept, and changed one by one', () => {
    const ann = { id: 'chat:ann', workspaceId: 'chat:w' }
    expect(state.chatPeople.settings(ann.id)).toEqual({ timeZone: null, locale: null, onlyMe: false })
    state.chatPeople.set(ann, { timeZone: 'Europe/Zurich' })
    state.chatPeople.set(ann, { onlyMe: true })
    expect(state.chatPeople.settings(ann.id)).toMatchObject({ timeZone: 'Europe/Zurich', onlyMe: true })
    state.chatPeople.setQuota('chat:w', 'person', { perDay: 20, message: 'Ask Ben for more.' })
    state.chatPeople.setQuota('chat:w', 'channel', { perDay: 99, message: '' })
    state.chatPeople.setQuota('chat:w', 'channel', null)
    expect(state.chatPeople.quotas('chat:w')).toEqual([{ scope: 'person', perDay: 20, message: 'Ask Ben for more.' }])
  })
})

describe('installations', () => {
  const [oldKey, newKey] = ['old'.repeat(20), 'new'.repeat(20)]
  const open = (...secretKeys: string[]) => openState({ path: fresh.path, secretKeys })
  const sealed = (of: State) => of.installations.find('slack', 'T1')

  it('are encrypted, and the key can be changed', () => {
    expect(() => state.installations.save({ platform: 'slack', workspace: 'T1', secret: 'xoxb-1' })).toThrow(
      expect.objectContaining({ code: 'no-secret-key' }),
    )
    const first = open(oldKey)
    first.installations.save({ platform: 'slack', workspace: 'T1', secret: 'xoxb-1' })
    expect(sealed(first)).toBe('xoxb-1')
    first.close()
    const other = open(newKey)
    expect(sealed(other)).toBeNull()
    other.close()
    const both = open(newKey, oldKey)
    expect(sealed(both)).toBe('xoxb-1')
    both.close()
    const after = open(newKey)
    expect(sealed(after)).toBe('xoxb-1')
    expect(after.installations.list('slack')).toEqual(['T1'])
    expect(after.installations.remove('slack', 'T1')).toBe(true)
    expect(sealed(after)).toBeNull()
    after.close()
  })
})
