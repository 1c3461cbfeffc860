import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { introspect } from '../schema/introspect.ts'
import { createSandbox, type Sandbox } from './sandbox.ts'
import { makeHostileDatabase, secretText, sensitive, stateOf } from './testing/hostile/hostile-database.ts'
import { type HostileStatement, hostileStatements } from './testing/hostile/hostile-statements.ts'
import { type HostileResult, runHostile } from './testing/hostile/run-hostile.ts'
import { makeFolder } from './testing/make-database.ts'

const lanes = 2
const deadlineMs = 100
// For the start of a new process after each one killed, on a machine that is busy with other tests.
const graceMs = 10_000

const folder = makeFolder()
let statements: HostileStatement[] = []
let sandbox: Sandbox
let path = ''
let before: string[] = []

beforeAll(() => {
  const targets = makeHostileDatabase(folder.path)
  path = targets.path
  statements = hostileStatements(1000, 2026, targets)
  sandbox = createSandbox({ processes: lanes, maxRows: 1000, maxBytes: 1_000_000 })
  before = stateOf(folder.path)
})
afterAll(async () => {
  await sandbox.close()
  folder.remove()
})

function expectUnharmed(results: HostileResult[]) {
  expect(stateOf(folder.path)).toEqual(before)
  const slow = results.filter(({ ms }) => ms > deadlineMs + graceMs)
  expect(slow).toEqual([])
  const seen = results.filter(({ outcome }) => outcome.kind === 'rows' && outcome.rows.join().includes(secretText))
  expect(seen).toEqual([])
}

async function expectHealthy() {
  const answers = await Promise.all(Array.from({ length: lanes * 2 }, () => sandbox.run({ path, sql: 'SELECT 1' })))
  expect(answers.map(({ kind }) => kind)).toEqual(answers.map(() => 'rows'))
  expect(sandbox.pids()).toHaveLength(lanes)
  await wait(300)
  expect(sandbox.pids()).toHaveLength(lanes)
}

describe('a thousand hostile statements', () => {
  it('are of at least 25 classes, none of which has more than a tenth of them', () => {
    const names = [...new Set(statements.map((statement) => statement.class))]
    const sizes = names.map((name) => statements.filter((statement) => statement.class === name).length)
    expect(new Set(statements.map(({ sql }) => sql)).size).toBe(1000)
    expect(names.length).toBeGreaterThanOrEqual(25)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100)
  })

  it('do no harm: nothing written, nothing seen, nothing hangs, and the pool is well afterwards', async () => {
    const schema = introspect({ path, sensitive, budgetMs: 2000, rowsOf: 'tables' })
    const results = await runHostile(statements, { sandbox, path, schema, deadlineMs, lanes })
    expect(results).toHaveLength(1000)
    expectUnharmed(results)
    const answered = results.filter(({ mayAnswer, outcome }) => !mayAnswer && outcome.kind === 'rows')
    expect(answered.map(({ sql }) => sql)).toEqual([])
    await expectHealthy()
  }, 120_000)

  it('do no harm even where the gate is not there', async () => {
    const direct = statements.filter(({ bomb }) => !bomb)
    const results = await runHostile(direct, { sandbox, path, schema: null, deadlineMs, lanes })
    expectUnharmed(results)
    await expectHealthy()
  }, 60_000)
})
