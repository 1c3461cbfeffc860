import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CaseRecord, NewResult, NewRun } from '#databases/state/evaluation-record.ts'
import { openState, type State } from '#databases/state/open-state.ts'
import type { ModelIdentity } from '#models/generator.ts'
import type { SetupParts } from '../run/run-setup.ts'
import { beginRun, plannedCases } from '../testing/begin-run.ts'
import { putTable } from './put-table.ts'
import { rememberedRuns } from './remembered-runs.ts'
import { reportsOfTable, runTable } from './run-table.ts'

let folder: string
let state: State
let clock: Date

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowbot-runs-'))
  state = openState({ path: join(folder, 'state.sqlite'), now: () => clock })
})
afterEach(() => {
  state.close()
  rmSync(folder, { recursive: true })
})

const plan: CaseRecord[] = plannedCases(Array.from({ length: 8 }, (_, index) => `case-${index}`)).map((one, index) => ({
  ...one,
  database: index < 4 ? 'school' : 'fleet',
  hardness: index % 2 === 0 ? 'easy' : 'extra',
}))

const SETTINGS = { effort: 'balanced', maxRows: 10 }

/** A finished run in which the cases with these numbers are right. */
function addRun(
  id: string,
  day: string,
  right: number[],
  about: { identity?: Partial<ModelIdentity>; run?: Partial<NewRun>; settings?: SetupParts['settings'] } = {},
): void {
  clock = new Date(`${day}T02:30:00Z`)
  const identity = { name: 'model', hash: 'hash', contextTokens: 4096, ...about.identity }
  beginRun(state.evaluation, id, { plan, run: about.run, setup: { identity, settings: about.settings ?? SETTINGS } })
  for (const [ordinal] of plan.entries()) state.evaluation.save(id, ordinal, result(right.includes(ordinal)))
  state.evaluation.end(id, 'finished')
}

function result(isRight: boolean): NewResult {
  const candidate = { sql: 'SELECT 2', written: 'SELECT two', origin: 'first', logProb: -1 }
  const outcome = { kind: 'rows' as const, rowCount: 3, truncated: false }
  const attempts = [{ candidate, outcome, notes: ['a note'], ms: 4 }]
  return {
    verdict: isRight ? 'right' : 'wrong',
    suiteRight: null,
    sql: 'SELECT 2',
    message: null,
    fault: isRight ? null : 'filter',
    writtenRight: false,
    fittedRight: isRight,
    origin: 'first',
    ms: 100,
    tokens: 20,
    generatingMs: 500,
    trace: { promptVersion: 'p', model: 'm', tables: ['t'], stageMs: {}, attempts },
  }
}

test('figures, comparison, trend and traces of remembered runs', () => {
  addRun('first', '2026-11-26', [0, 1, 2, 3, 4, 5])
  addRun('second', '2026-11-27', [0, 6])
  const runs = rememberedRuns(state.evaluation)
  expect(runs.list().map(({ id, percent }) => [id, percent])).toEqual([
    ['second', 25],
    ['first', 75],
  ])
  const report = runs.report('second', 'first')
  expect(report).toMatchObject({
    ex: { hits: 2, n: 8 },
    ts: null,
    hardness: [
      { name: 'easy', share: { hits: 2, n: 4 } },
      { name: 'extra', share: { hits: 0, n: 4 } },
    ],
    databases: [{ name: 'fleet' }, { name: 'school' }],
    faults: [{ name: 'other filter or value', n: 6 }],
    tokensPerSecond: 40,
    comparison: { broken: 5, fixed: 1, p: expect.closeTo(0.21875, 10), change: -50, isSignificant: false },
  })
  expect(report?.stages.map(({ right, won }) => [right, won])).toEqual([
    [0, 0],
    [2, 2],
    [2, 0],
    [2, 0],
    [2, 0],
  ])
  expect(runs.trend()?.points.map(({ y }) => y)).toEqual([75, 25])
  expect(runs.cases('second').filter(({ isRight }) => isRight)).toHaveLength(2)
  expect(runs.case('second', 1)).toMatchObject({
    outcome: 'wrong: other filter or value',
    attempts: [{ label: 'First query', written: 'SELECT two', outcome: '3 rows', notes: ['a note'] }],
  })
  expect(runs.case('second', 8)).toBeNull()
  expect(runs.report('third', null)).toBeNull()
})

test('a trend holds runs of one kind, model, adapter and sample, and prefers the nights', () => {
  const { trend } = rememberedRuns(state.evaluation)
  const ys = () => trend()?.points.map(({ y }) => y)
  addRun('m1', '2026-11-20', [0], { run: { kind: 'manual' } })
  addRun('m2', '2026-11-21', [0, 1], { run: { kind: 'manual' } })
  expect(ys()).toEqual([12.5, 25])
  addRun('n1', '2026-11-22', [0, 1, 2, 3])
  addRun('n2', '2026-11-23', [0, 1, 2, 3], { identity: { adapter: 'adapter:1' } })
  addRun('n3', '2026-11-24', [0, 1, 2, 3, 4, 5], { identity: { adapter: 'adapter:1' } })
  addRun('m3', '2026-11-25', [], { run: { kind: 'manual' } })
  expect(ys()).toEqual([50, 75])
})

test('a run whose group lost its first run is compared with nothing, not with itself', () => {
  addRun('group', '2026-11-25', [0])
  addRun('group-2', '2026-11-25', [0, 1], { run: { groupId: 'group' } })
  const report = () => reportsOfTable(state.evaluation, { ids: ['group-2'], limit: null })[0]
  expect(report()?.comparison).toMatchObject({ change: 12.5 })
  state.evaluation.remove('group')
  expect(report()?.comparison).toBeNull()
})

test('a configuration that was run alone is compared with everything at work, of the same model, code and sample', () => {
  const fast = { run: { label: 'everything, fast' }, settings: { ...SETTINGS, effort: 'fast' } }
  const changes = () =>
    reportsOfTable(state.evaluation, { ids: ['fast'], limit: null }).map((one) => one.comparison?.change)
  addRun('other model', '2026-11-24', [], { identity: { hash: 'other' } })
  addRun('fast', '2026-11-25', [0], fast)
  expect(changes()).toEqual([undefined])
  addRun('before', '2026-11-26', [0, 1, 2])
  addRun('all', '2026-11-27', [0, 1])
  addRun('more rows', '2026-11-28', [], { settings: { ...SETTINGS, maxRows: 20 } })
  addRun('part', '2026-11-28', [], { run: { label: 'without vote' } })
  expect(changes()).toEqual([-12.5])
  expect(reportsOfTable(state.evaluation, { ids: ['all'], limit: null })[0]?.comparison).toBeNull()
})

test('a table holds the newest run of each model, adapter and configuration on a data set, and goes where it belongs', () => {
  addRun('first', '2026-11-25', [0])
  addRun('second', '2026-11-26', [0, 1], { identity: { adapter: 'adapter:1' } })
  addRun('third', '2026-11-27', [0, 1, 2])
  const wanted = { ids: [], data: 'dev', limit: null }
  const table = runTable(reportsOfTable(state.evaluation, wanted))
  const rows = table.split('\n').slice(2)
  expect(rows).toHaveLength(2)
  expect(rows[0]).toMatch(/^\| 2026-11-26 \| dev \| model with adapter \| everything \| 8 \| 25\.0 /)
  expect(rows[1]).toMatch(/^\| 2026-11-27 \| dev \| model \| everything \| 8 \| 37\.5 /)
  expect(reportsOfTable(state.evaluation, { ids: [], limit: null })).toEqual([])
  expect(reportsOfTable(state.evaluation, { ...wanted, limit: 300 })).toEqual([])
  expect(reportsOfTable(state.evaluation, { ...wanted, ids: ['first'] })).toMatchObject([{ run: { id: 'first' } }])

  const file = join(folder, 'README.md')
  const marks = ['', ' --data dev', ' --data dev --limit 300'].map(
    (about) => `<!-- runs: made by \`rowbot eval table${about}\` -->`,
  )
  writeFileSync(file, marks.map((mark) => `${mark}\nold\n<!-- /runs -->\n`).join('\n'))
  putTable(file, 'new', wanted)
  const parts = readFileSync(file, 'utf8').split('<!-- runs')
  expect(parts.slice(1).map((part) => /old|new/.exec(part)?.[0])).toEqual(['old', 'new', 'old'])
  expect(() => putTable(file, 'new', { ...wanted, limit: 5 })).toThrow(
    expect.objectContaining({ code: 'no-marks', advice: expect.stringContaining('--data dev --limit 5') }),
  )
})

test('a table keeps the lines of runs that were made elsewhere, until there are newer ones', () => {
  const file = join(folder, 'README.md')
  const wanted = { ids: [], data: 'dev', limit: null }
  const put = () =>
    putTable(file, runTable(reportsOfTable(state.evaluation, wanted)), wanted)
      .split('\n')
      .slice(2)
      .map((line) => line.split(' | ').slice(0, 6).join(' | '))
  writeFileSync(file, '<!-- runs: made by `rowbot eval table --data dev` -->\n<!-- /runs -->\n')
  addRun('one', '2026-11-25', [0])
  const other = { name: 'a|model', hash: 'other', contextTokens: 4096 }
  addRun('two', '2026-11-26', [0, 1], { identity: other })
  expect(put()).toEqual([
    expect.stringMatching(/^\| 2026-11-25 \| dev \| model \| everything \| 8 \| 12\.5 /),
    expect.stringContaining('| 2026-11-26 | dev | a\\|model | everything | 8 | 25.0 '),
  ])

  for (const id of ['one', 'two']) state.evaluation.remove(id)
  addRun('three', '2026-11-24', [], { identity: other })
  addRun('four', '2026-11-27', [0, 1, 2])
  const lines = put()
  expect(lines).toEqual([
    expect.stringContaining('| 2026-11-26 | dev | a\\|model | everything | 8 | 25.0 '),
    expect.stringMatching(/^\| 2026-11-27 \| dev \| model \| everything \| 8 \| 37\.5 /),
  ])
  expect(put()).toEqual(lines)
})
