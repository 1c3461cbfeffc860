import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { NightPost, NightPoster } from '#core/evaluation/night-post.ts'
import { openState, type State } from '#databases/state/open-state.ts'
import { beginRun, plannedCases, RIGHT } from '../testing/begin-run.ts'
import { composeNightPost } from './compose-night-post.ts'
import { benchmarkLines } from './last-night-lines.ts'
import { createNightly, type NightlyParts } from './nightly.ts'

const plan = plannedCases(['a', 'b'])
const CHANNEL = 'slack:T1/C1'

let folder: string
let path: string
let state: State
let clock: Date
let posted: NightPost[]
let again: boolean[]
let logged: string[]
let resumed: (string | null)[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowbot-nightly-'))
  path = join(folder, 'state.sqlite')
  clock = new Date('2026-11-27T12:00:00Z')
  state = openState({ path, now: () => clock })
  posted = []
  again = []
  logged = []
  resumed = []
})
afterEach(() => {
  state.close()
  rmSync(folder, { recursive: true })
})

const at = (iso: string) => {
  clock = new Date(iso)
}

/** As another program would change the state. */
function onDisk(sql: string): void {
  const file = new Database(path)
  file.exec(sql)
  file.close()
}

/** Answers what is left of a run, as the evaluation does. */
async function answerAll({ resume, onStart }: Parameters<NightlyParts['evaluate']>[0]): Promise<void> {
  const { evaluation } = state
  resumed.push(resume)
  const id = resume ?? beginRun(evaluation, `run-${clock.toISOString().slice(0, 10)}`, { plan })
  if (resume === null) onStart(id)
  else evaluation.resume(id)
  for (const { ordinal } of evaluation.pending(id)) evaluation.save(id, ordinal, RIGHT)
  evaluation.end(id, 'finished')
}

const poster: NightPoster = {
  async post(_, post, { isAgain }) {
    posted.push(post)
    again.push(isAgain)
    return null
  },
  addChart: async () => {},
}

function open(parts: Partial<NightlyParts> = {}) {
  const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`)
  return createNightly({
    store: state.evaluation,
    nights: state.nights,
    evaluate: answerAll,
    maxMs: 60_000,
    schedule: { at: '02:30', timeZone: 'UTC' },
    channels: [CHANNEL],
    poster,
    isConnected: () => true,
    log: { info: note, error: note },
    now: () => clock,
    ...parts,
  })
}

/** A night that a process left behind when it died, with so many answers. */
function leaveBehind(night: string, answers: number): string {
  state.nights.claim(night)
  const id = beginRun(state.evaluation, `run-${night}`, { plan })
  state.nights.setRun(night, id)
  for (let ordinal = 0; ordinal < answers; ordinal++) state.evaluation.save(id, ordinal, RIGHT)
  state.nights.release(night)
  onDisk("UPDATE evaluation_runs SET holder = NULL, held_until = NULL WHERE status = 'running'")
  return id
}

const statuses = () => state.nights.list().map(({ night, status }) => [night, status])

describe('a night that a process left behind', () => {
  test('is done where its run is finished, whoever finished it', async () => {
    at('2026-11-28T02:31:00Z')
    const id = leaveBehind('2026-11-28', 2)
    state.evaluation.end(id, 'finished')
    await open().tick()
    expect(statuses()).toEqual([['2026-11-28', 'done']])
    expect(posted.map(({ headline, isAlarm }) => [headline, isAlarm])).toEqual([
      [expect.stringContaining('100.0'), false],
    ])
  })

  test('waits while somebody goes on with its run', async () => {
    at('2026-11-28T02:31:00Z')
    leaveBehind('2026-11-28', 1)
    onDisk("UPDATE evaluation_runs SET holder = 'elsewhere:7:abc', held_until = '2026-11-28T02:31:30.000Z'")
    const nightly = open()
    await nightly.tick()
    expect(statuses()).toEqual([['2026-11-28', 'running']])
    expect(posted).toEqual([])
    at('2026-11-28T02:32:00Z')
    await nightly.tick()
    expect(statuses()).toEqual([['2026-11-28', 'done']])
  })

  test('ends as far as it came, or as missed, once the next one is due, and that is said', async () => {
    state.nights.end('2026-11-26', 'done')
    leaveBehind('2026-11-27', 0)
    leaveBehind('2026-11-28', 1)
    at('2026-11-29T02:31:00Z')
    await open().tick()
    expect(statuses()).toEqual([
      ['2026-11-29', 'done'],
      ['2026-11-28', 'done'],
      ['2026-11-27', 'missed'],
      ['2026-11-26', 'done'],
    ])
    const [partial, whole] = posted
    expect(partial?.headline).toMatch(/^Partial run, 1 of 2 questions/)
    expect(partial?.sections).toContainEqual({ heading: 'Why partial', lines: [expect.stringContaining('not back')] })
    expect(partial?.sections).toContainEqual({ heading: 'Missed', lines: [expect.stringContaining('2026-11-27')] })
    expect(whole?.headline).toMatch(/^Execution accuracy/)
    // A partial night is no point of the trend, and one point is none.
    expect(whole?.trend).toBeNull()
  })
})

test('a night that could not be ended on a full disk goes on once there is room', async () => {
  state.nights.end('2026-11-27', 'missed')
  at('2026-11-28T02:31:00Z')
  onDisk(`CREATE TRIGGER full BEFORE UPDATE OF status, failure ON evaluation_nights
    BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`)
  const nightly = open()
  await nightly.tick()
  expect(statuses()).toContainEqual(['2026-11-28', 'running'])
  onDisk('DROP TRIGGER full')
  at('2026-11-28T02:33:00Z')
  await nightly.tick()
  expect(statuses()).toContainEqual(['2026-11-28', 'done'])
  expect(posted).toHaveLength(1)
})

test('a night of the far future, from a wrong clock, stops nothing, is said, and is not the last one', async () => {
  state.nights.end('2031-03-01', 'failed')
  state.nights.end('2026-11-27', 'done')
  const nightly = open()
  at('2026-11-28T02:31:00Z')
  await nightly.tick()
  await nightly.tick()
  expect(posted.map(({ night }) => night)).toContain('2026-11-28')
  expect(logged.filter((line) => line.includes('2031-03-01'))).toHaveLength(1)
  expect(benchmarkLines(state, clock)[0]).toBe('Night of 2026-11-28')
})

test('without an hour nights that something else has run are posted', async () => {
  const nightly = open({ schedule: null })
  at('2026-11-28T05:00:00Z')
  await nightly.tick()
  expect(statuses()).toEqual([])
  leaveBehind('2026-11-28', 2)
  state.nights.end('2026-11-28', 'done')
  await nightly.tick()
  expect(posted.map(({ night }) => night)).toEqual(['2026-11-28'])
})

describe('two processes that may both post', () => {
  beforeEach(() => {
    leaveBehind('2026-11-27', 2)
    state.nights.end('2026-11-27', 'done')
  })
  afterEach(() => vi.useRealTimers())

  test('do not, however long the first one is at it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    let isSent = (_: null) => {}
    const sending = new Promise<null>((resolve) => {
      isSent = resolve
    })
    const slow = open({ schedule: null, poster: { ...poster, post: () => sending } })
    const first = slow.tick()
    for (const minute of ['01', '02', '03']) {
      at(`2026-11-27T12:${minute}:00Z`)
      vi.advanceTimersByTime(10_000)
      await open({ schedule: null }).tick()
    }
    expect(posted).toEqual([])
    isSent(null)
    await first
    expect(state.nights.posts('2026-11-27')).toMatchObject([{ status: 'sent' }])
  })

  test('the other looks for what one that died has perhaps sent', async () => {
    state.nights.reservePost('2026-11-27', CHANNEL, 60_000)
    at('2026-11-27T12:01:30Z')
    await open({ schedule: null }).tick()
    expect(again).toEqual([true])
  })

  test('that the figures are sent is noted before the picture', async () => {
    const noted: unknown[] = []
    const addChart = async () => {
      noted.push(state.nights.posts('2026-11-27')[0]?.status)
    }
    await open({ schedule: null, poster: { ...poster, addChart } }).tick()
    expect(noted).toEqual(['sent'])
  })
})

test('a drop against the pinned run is an alarm, though the last night was no better', async () => {
  const { evaluation, nights } = state
  const eight = plannedCases([...'abcdefgh'])
  const finished = (id: string, verdict: 'right' | 'wrong') => {
    beginRun(evaluation, id, { plan: eight })
    for (const ordinal of eight.keys()) evaluation.save(id, ordinal, { ...RIGHT, verdict })
    evaluation.end(id, 'finished')
  }
  const nightOf = async (night: string, run: string) => {
    nights.claim(night)
    nights.setRun(night, run)
    nights.end(night, 'done')
    await open({ schedule: null }).tick()
    return posted.at(-1)
  }
  finished('good', 'right')
  evaluation.pin('dev', 'good')
  for (const id of ['bad', 'worse']) finished(id, 'wrong')
  expect(await nightOf('2026-11-26', 'bad')).toMatchObject({ isAlarm: true })
  const post = await nightOf('2026-11-27', 'worse')
  expect(post?.headline).toContain('no significant change')
  expect(post?.sections[0]?.lines.at(-1)).toMatch(/−100\.0 points since the pinned run good: a significant drop/)
  expect(post).toMatchObject({ isAlarm: true, tone: 'bad' })
  evaluation.pin('dev', null)
  expect(composeNightPost({ store: evaluation, nights }, nights.list(1)[0] as never)).toMatchObject({ isAlarm: false })
})
