import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { State } from './open-state.ts'
import { type FreshState, freshState } from './testing/fresh-state.ts'
import { shopRecord } from './testing/shop-record.ts'

let fresh: FreshState
let state: State

beforeEach(() => {
  fresh = freshState({ keptRows: 2 })
  state = fresh.state
})

afterEach(() => fresh.remove())

const ids = (list: { id: string }[]) => list.map(({ id }) => id)

describe('databases', () => {
  it('are found by id and by name in any case, in their own workspace only', () => {
    state.databases.insert(shopRecord)
    expect(state.databases.find('db-1', 'local')).toEqual(shopRecord)
    expect(state.databases.find('sHOP', 'local')).toEqual(shopRecord)
    expect(state.databases.find('db-1', 'other')).toBeUndefined()
    expect(state.databases.find('Shop', 'other')).toBeUndefined()
    expect(state.databases.find("' OR 1=1 --", 'local')).toBeUndefined()
  })

  it('prefer an id over another one’s name', () => {
    state.databases.insert(shopRecord)
    state.databases.insert({ ...shopRecord, id: 'db-2', name: 'db-1' })
    expect(state.databases.find('db-1', 'local')?.id).toBe('db-1')
  })

  it('are listed by name, by workspace or all', () => {
    state.databases.insert({ ...shopRecord, id: 'z', name: 'zoo', ownerId: null })
    state.databases.insert(shopRecord)
    state.databases.insert({ ...shopRecord, id: 'o', workspaceId: 'other', ownerId: null })
    expect(ids(state.databases.list('local'))).toEqual(['db-1', 'z'])
    expect(state.databases.list()).toHaveLength(3)
  })

  it('refuse a second one of the same name, new or renamed', () => {
    state.databases.insert(shopRecord)
    state.databases.insert({ ...shopRecord, id: 'db-2', name: 'other' })
    const taken = expect.objectContaining({ code: 'name-taken', advice: expect.stringContaining('another name') })
    expect(() => state.databases.insert({ ...shopRecord, id: 'db-3', name: 'SHOP' })).toThrow(taken)
    expect(() => state.databases.update('db-2', { name: 'shop' })).toThrow(taken)
    expect(ids(state.databases.list())).toEqual(['db-2', 'db-1'])
  })

  it('can be changed, and say so when there is none', () => {
    state.databases.insert(shopRecord)
    state.databases.update('db-1', {
      name: 'shop',
      path: '/data/new.sqlite',
      contentHash: 'def',
      ownerId: 'bob',
      sensitive: [],
    })
    expect(state.databases.find('db-1', 'local')).toEqual({
      ...shopRecord,
      name: 'shop',
      path: '/data/new.sqlite',
      contentHash: 'def',
      ownerId: 'bob',
      sensitive: [],
    })
    state.databases.update('db-1', {})
    expect(() => state.databases.update('nope', { name: 'x' })).toThrow(
      expect.objectContaining({ code: 'no-such-database' }),
    )
  })
})
