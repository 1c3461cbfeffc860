import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RowbotError } from '#core/rowbot-error.ts'
import { openState, type State } from '#databases/state/open-state.ts'
import { beginRun, plannedCases, RIGHT } from '../testing/begin-run.ts'
import { composeNightPost } from './compose-night-post.ts'
import { type RunNightParts, runNight } from './run-night.ts'

const plan = plannedCases(['a', 'b'])

let folder: string
let state: State

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowbot-night-'))
  state = openState({ path: join(folder, 'state.sqlite') })
})
afterEach(() => {
  state.close()
  rmSync(folder, { recursive: true })
})

const begin = (id: string) => beginRun(state.evaluation, id, { plan })

function run(evaluate: RunNightParts['evaluate'], maxMs = 60_000) {
  const { evaluation: store, nights } = state
  return runNight('2026-11-28', { store, nights, evaluate, maxMs, signal: new AbortController().signal })
}

const night = () => state.nights.list()[0]

test('a run that must stop early counts as far as it came, and is posted as partial', async () => {
  const outcome = await run(async ({ onStart, signal }) => {
    onStart(begin('r1'))
    state.evaluation.save('r1', 0, RIGHT)
    await delay(60_000, undefined, { signal })
  }, 100)
  expect(outcome).toBe('done')
  const found = night()
  if (!found) throw new Error('the night is not kept')
  const { headline, sections } = composeNightPost({ store: state.evaluation, nights: state.nights }, found)
  expect(headline).toMatch(/^Partial run, 1 of 2 questions\. .*100\.0 .*n = 1/)
  expect(sections[0]?.lines[0]).toContain('ROWBOT_NIGHTLY_MAX_HOURS')
})

test('one that came to nothing until then failed', async () => {
  const outcome = await run(async ({ signal }) => {
    await delay(60_000, undefined, { signal })
  }, 50)
  expect(outcome).toBe('failed')
  expect(night()?.failure).toContain('No question was answered')
})

test('one that a new version finds half done begins anew', async () => {
  await run(async ({ onStart }) => onStart(begin('old')))
  state.nights.end('2026-11-28', 'done')
  state.nights.end('2026-11-29', 'missed')
  const resumed: (string | null)[] = []
  // A night that a process left behind when it died.
  state.nights.claim('2026-11-30')
  state.nights.setRun('2026-11-30', 'old')
  state.nights.release('2026-11-30')
  const { evaluation: store, nights } = state
  const outcome = await runNight('2026-11-30', {
    store,
    nights,
    maxMs: 60_000,
    signal: new AbortController().signal,
    async evaluate({ resume, onStart }) {
      resumed.push(resume)
      if (resume !== null) throw new RowbotError({ code: 'run-changed', message: 'changed', advice: 'anew' })
      onStart(begin('new'))
    },
  })
  expect(outcome).toBe('done')
  expect(resumed).toEqual(['old', null])
  expect(night()).toMatchObject({ night: '2026-11-30', runId: 'new' })
})
