import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { DatabaseError } from '../database-error.ts'
import { isAlive } from '../is-alive.ts'
import type { QueryOutcome } from './query-outcome.ts'
import { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts'
import { endless, makeDatabase, makeFolder } from './testing/make-database.ts'

const folder = makeFolder()
const opened: Sandbox[] = []
let path = ''

beforeAll(() => {
  path = makeDatabase(
    folder.path,
    'numbers.db',
    'CREATE TABLE numbers (n INTEGER); INSERT INTO numbers VALUES (1), (2), (3)',
  )
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()))
})
afterAll(() => folder.remove())

function open(options: SandboxOptions = {}): Sandbox {
  const sandbox = createSandbox(options)
  opened.push(sandbox)
  return sandbox
}

const one = { kind: 'rows', columns: ['1'], rows: [[1]], truncated: false }
const memoryBomb =
  "SELECT length(group_concat(printf('%.*c', 50000000, 'x'))) FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18]')"

describe('the pool', () => {
  it('answers, and keeps its processes', async () => {
    const sandbox = open({ processes: 2 })
    expect(await sandbox.run({ path, sql: 'SELECT 1' })).toEqual(one)
    await vi.waitFor(() => expect(sandbox.pids()).toHaveLength(2))
    const before = sandbox.pids()
    await sandbox.run({ path, sql: 'SELECT * FROM nothing' })
    expect(sandbox.pids()).toEqual(before)
  })

  it('kills what runs past its deadline, and goes on', async () => {
    const sandbox = open({ processes: 1 })
    await sandbox.run({ path, sql: 'SELECT 1' })
    const started = performance.now()
    const outcome = await sandbox.run({ path, sql: endless, deadlineMs: 200 })
    expect(outcome).toMatchObject({ kind: 'timed-out', message: expect.stringContaining('0.2 s') })
    expect(performance.now() - started).toBeLessThan(1500)
    expect(await sandbox.run({ path, sql: 'SELECT 1' })).toEqual(one)
    expect(sandbox.pids()).toHaveLength(1)
  })

  it('stops on the signal, while running and while waiting, with its reason', async () => {
    const sandbox = open({ processes: 1 })
    await sandbox.run({ path, sql: 'SELECT 1' })
    const [pid = 0] = sandbox.pids()
    const running = new AbortController()
    const waiting = new AbortController()
    const outcomes = Promise.allSettled([
      sandbox.run({ path, sql: endless }, running.signal),
      sandbox.run({ path, sql: 'SELECT 2' }, waiting.signal),
      sandbox.run({ path, sql: 'SELECT 1' }),
    ])
    waiting.abort(new Error('not now'))
    await wait(50)
    expect(isAlive(pid)).toBe(true)
    running.abort(new Error('enough'))
    const [first, second, third] = await outcomes
    expect(first).toMatchObject({ status: 'rejected', reason: new Error('enough') })
    expect(second).toMatchObject({ status: 'rejected', reason: new Error('not now') })
    expect(third).toMatchObject({ status: 'fulfilled', value: one })
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false))
    await expect(sandbox.run({ path, sql: 'SELECT 1' }, AbortSignal.abort('before'))).rejects.toBe('before')
  })

  it('outlives a query that wants all memory', async () => {
    const sandbox = open({ processes: 1, memoryBytes: 1.2 * 1024 ** 3 })
    const outcome = await sandbox.run({ path, sql: memoryBomb })
    expect(outcome).toMatchObject({ kind: 'crashed', message: expect.stringMatching(/memory/) })
    expect(await sandbox.run({ path, sql: 'SELECT 1' })).toEqual(one)
  })

  it('kills by the watchdog where the system sets no limit', async () => {
    const sandbox = open({ processes: 1, memoryGuard: 'watchdog', memoryBytes: 300 * 1024 ** 2 })
    const outcome = await sandbox.run({ path, sql: memoryBomb, deadlineMs: 15_000 })
    expect(outcome).toMatchObject({ kind: 'crashed', message: expect.stringMatching(/memory/) })
    expect(await sandbox.run({ path, sql: 'SELECT 1' })).toEqual(one)
  })

  it('says so when a process dies, and starts another', async () => {
    const sandbox = open({ processes: 1 })
    await sandbox.run({ path, sql: 'SELECT 1' })
    const [pid = 0] = sandbox.pids()
    const outcome = sandbox.run({ path, sql: endless })
    await wait(30)
    process.kill(pid, 'SIGSEGV')
    expect(await outcome).toMatchObject({ kind: 'crashed', message: expect.stringContaining('SIGSEGV') })
    expect(await sandbox.run({ path, sql: 'SELECT 1' })).toEqual(one)
    expect(sandbox.pids()).not.toContain(pid)
  })

  it('replaces a process that dies idle', async () => {
    const sandbox = open({ processes: 1 })
    await sandbox.run({ path, sql: 'SELECT 1' })
    const [pid = 0] = sandbox.pids()
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(() => expect(sandbox.pids()).not.toContain(pid))
    expect(await sandbox.run({ path, sql: 'SELECT 1' })).toEqual(one)
  })

  it('does not mix questions asked at once', async () => {
    const sandbox = open({ processes: 2 })
    const asked = Array.from({ length: 200 }, (_, n) => sandbox.run({ path, sql: `SELECT ${n}, n FROM numbers` }))
    for (const [n, outcome] of (await Promise.all(asked)).entries()) {
      const rows = [1, 2, 3].map((number) => [n, number])
      expect(outcome).toMatchObject({ rows })
    }
  })

  it('serves questions in the order of their arrival', async () => {
    const sandbox = open({ processes: 1 })
    const served: number[] = []
    const numbers = Array.from({ length: 50 }, (_, n) => n)
    await Promise.all(numbers.map((n) => sandbox.run({ path, sql: 'SELECT 1' }).then(() => served.push(n))))
    expect(served).toEqual(numbers)
  })

  it.runIf(process.platform === 'linux')('says why when its processes cannot start', async () => {
    const sandbox = open({ memoryBytes: 400 * 1024 ** 2, memoryGuard: 'rlimit' })
    const outcome = await sandbox.run({ path, sql: 'SELECT 1' })
    expect(outcome).toMatchObject({ kind: 'crashed', message: expect.stringMatching(/cannot start.*memory/i) })
  })
})

describe('the end', () => {
  it('close() ends the processes and tells who waits', async () => {
    const sandbox = open({ processes: 1 })
    await sandbox.run({ path, sql: 'SELECT 1' })
    const pids = sandbox.pids()
    const outcomes = Promise.allSettled([sandbox.run({ path, sql: endless }), sandbox.run({ path, sql: 'SELECT 1' })])
    await sandbox.close()
    expect(await outcomes).toMatchObject([
      { status: 'rejected', reason: { code: 'closed' } },
      { status: 'rejected', reason: { code: 'closed' } },
    ])
    expect(pids.filter(isAlive)).toEqual([])
    await expect(sandbox.run({ path, sql: 'SELECT 1' })).rejects.toBeInstanceOf(DatabaseError)
  })

  it('processes end with their parent, even in the middle of an endless query', async () => {
    const script = fileURLToPath(new URL('./testing/parent.ts', import.meta.url))
    const parent = spawn(process.execPath, ['--import', 'tsx', script, path, endless], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const pids = JSON.parse(line.toString()) as number[]
    expect(pids).toHaveLength(2)
    expect(pids.every(isAlive)).toBe(true)
    parent.kill('SIGKILL')
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 5000 })
  })

  it('leaves no guardian behind', async () => {
    const sandbox = open({ processes: 2 })
    await sandbox.run({ path, sql: 'SELECT 1' })
    await sandbox.close()
    const guardians = () =>
      execFileSync('/bin/ps', ['-eo', 'ppid=,args='])
        .toString()
        .split('\n')
        .filter((line) => line.trim().startsWith(`${process.pid} `) && line.includes('--no-warnings'))
    await vi.waitFor(() => expect(guardians()).toEqual([]))
  })
})

describe('jobs', () => {
  it('run by name and give their result', async () => {
    const sandbox = open({ processes: 1 })
    const args = { path, sql: 'SELECT n FROM numbers', maxRows: 2, maxBytes: 1000 }
    const outcome: QueryOutcome = await sandbox.job('query', args, { deadlineMs: 5000 })
    expect(outcome).toEqual({ kind: 'rows', columns: ['n'], rows: [[1], [2]], truncated: true })
  })

  it('that are slow leave a process to the queries, which overtake them', async () => {
    const sandbox = open({ processes: 2 })
    const dump = join(folder.path, 'endless.sql')
    writeFileSync(dump, `CREATE TABLE t AS ${endless};`)
    const stop = new AbortController()
    const loads = [1, 2].map((n) => {
      const args = { files: [{ path: dump, name: 'endless.sql' }], out: join(folder.path, `${n}.db`), maxBytes: 1e6 }
      return sandbox.job('load-dump', args, { deadlineMs: 60_000, signal: stop.signal })
    })
    expect(await sandbox.run({ path, sql: 'SELECT 1' })).toEqual(one)
    stop.abort('enough')
    expect(await Promise.allSettled(loads)).toMatchObject([{ reason: 'enough' }, { reason: 'enough' }])
  })

  it('fail with the error of the job, or of the sandbox', async () => {
    const sandbox = open({ processes: 1 })
    const args = { path: `${path}.none`, sql: 'SELECT 1', maxRows: 1, maxBytes: 1000 }
    await expect(sandbox.job('query', args, { deadlineMs: 5000 })).rejects.toMatchObject({
      code: 'file-missing',
      advice: /\S/,
    })
    const bomb = { ...args, path, sql: endless }
    await expect(sandbox.job('query', bomb, { deadlineMs: 100 })).rejects.toMatchObject({ code: 'timed-out' })
  })
})
