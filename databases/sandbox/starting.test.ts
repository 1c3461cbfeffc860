import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import { createSandbox, type Sandbox } from './sandbox.ts'
import { endless, makeDatabase, makeFolder } from './testing/make-database.ts'

const folder = makeFolder()
const path = makeDatabase(folder.path, 'numbers.db', 'CREATE TABLE numbers (n INTEGER)')
const one = { kind: 'rows', rows: [[1]] }
const opened: Sandbox[] = []

/** A sandbox that has begun to work. */
async function start(processes: number): Promise<Sandbox> {
  const sandbox = createSandbox({ processes })
  opened.push(sandbox)
  await sandbox.run({ path, sql: 'SELECT 1' })
  return sandbox
}

/** Ends a process, so that another has to start. */
async function endOne(sandbox: Sandbox): Promise<void> {
  await expect(sandbox.run({ path, sql: endless }, AbortSignal.timeout(1))).rejects.toThrow()
}

afterEach(async () => {
  vi.unstubAllEnvs()
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()))
})
afterAll(() => folder.remove())

it('a temporary folder that is gone fails those who wait, and is looked for again by the next', async () => {
  const sandbox = await start(1)
  const temporary = join(folder.path, 'temporary')
  vi.stubEnv('TMPDIR', temporary)
  await endOne(sandbox)
  const outcome = await sandbox.run({ path, sql: 'SELECT 1' })
  expect(outcome).toMatchObject({
    kind: 'crashed',
    message: expect.stringMatching(/cannot start: .*temporary folder/s),
  })
  mkdirSync(temporary)
  expect(await sandbox.run({ path, sql: 'SELECT 1' })).toMatchObject(one)
})

it('one process that cannot start fails nobody who can wait for another', async () => {
  const sandbox = await start(2)
  const stop = new AbortController()
  const ended = sandbox.run({ path, sql: endless }, stop.signal).catch((reason) => reason)
  const counting = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1e6) SELECT max(x) FROM n'
  const counted = sandbox.run({ path, sql: counting })
  const waiting = sandbox.run({ path, sql: 'SELECT 1' })
  vi.stubEnv('TMPDIR', join(folder.path, 'nowhere'))
  stop.abort('enough')
  expect(await ended).toBe('enough')
  expect(await counted).toMatchObject({ rows: [[1_000_000]] })
  expect(await waiting).toMatchObject(one)
})

it('a system without files to open fails those who wait, and the next query is answered', async ({ skip }) => {
  const sandbox = await start(1)
  const limit = (files: string) => execFileSync('prlimit', ['--pid', String(process.pid), `--nofile=${files}:`])
  try {
    limit('400')
  } catch {
    return skip('needs prlimit, which Linux has')
  }
  const taken: number[] = []
  try {
    for (;;) taken.push(openSync('/dev/null', 'r'))
  } catch (error) {
    expect(error).toMatchObject({ code: 'EMFILE' })
  }
  try {
    await endOne(sandbox)
    const outcome = await sandbox.run({ path, sql: 'SELECT 1' })
    expect(outcome).toMatchObject({ kind: 'crashed', message: expect.stringMatching(/cannot start: .*EMFILE/) })
  } finally {
    taken.forEach(closeSync)
    limit('4096')
  }
  expect(await sandbox.run({ path, sql: 'SELECT 1' })).toMatchObject(one)
})
