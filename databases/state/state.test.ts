import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openState, type State } from './open-state.ts'
import { type FreshState, freshState } from './testing/fresh-state.ts'
import { runElsewhere } from './testing/other-process.ts'

let fresh: FreshState
let state: State

beforeEach(() => {
  fresh = freshState({ keptRows: 2 })
  state = fresh.state
})

afterEach(() => fresh.remove())

it('keeps its files to the owner, in a folder of the owner', () => {
  state.questions.accept({ id: 'q1', workspaceId: 'local', askerId: 'ann', databaseId: null, text: 'how many?' })
  expect(statSync(fresh.home).mode & 0o777).toBe(0o700)
  const modes = readdirSync(fresh.home).map((name) => statSync(join(fresh.home, name)).mode & 0o777)
  expect(modes.length).toBeGreaterThan(1)
  expect(new Set(modes)).toEqual(new Set([0o600]))
})

it('knows people and workspaces from when they are first mentioned, and takes up new names', () => {
  state.questions.accept({ id: 'q1', workspaceId: 'local', askerId: 'ann', databaseId: null, text: 'how many?' })
  expect(state.people.ensure({ id: 'ann', workspaceId: 'local' })).toEqual({
    id: 'ann',
    workspaceId: 'local',
    name: '',
    addedAt: '2026-11-21T10:00:00.000Z',
  })
  expect(state.people.ensure({ id: 'ann', workspaceId: 'local', name: 'Ann' }).name).toBe('Ann')
  expect(state.people.ensure({ id: 'ann', workspaceId: 'local' }).name).toBe('Ann')
  expect(state.workspaces.ensure({ id: 'local', name: 'Here' }).name).toBe('Here')
})

it('is shared by two processes that write at the same time', async () => {
  const path = join(fresh.home, 'shared', 'state.sqlite')
  const writer = (name: string) =>
    runElsewhere(`const state = openState({ path: ${JSON.stringify(path)} })
    for (let number = 0; number < 100; number++) state.questions.accept({ id: ${JSON.stringify(name)} + number, workspaceId: 'local', askerId: ${JSON.stringify(name)}, databaseId: null, text: 'x' })
    say('done')
    state.close()`)
  expect(await Promise.all([writer('a'), writer('b')])).toEqual(['done', 'done'])
  const shared = openState({ path })
  expect(shared.questions.list({ limit: 1_000 })).toHaveLength(200)
  shared.close()
})
