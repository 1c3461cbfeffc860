import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { createSandbox } from './sandbox.ts'
import { makeDatabase, makeFolder } from './testing/make-database.ts'

const root = makeFolder()
const sandbox = createSandbox({ processes: 1 })
const numbers = `CREATE TABLE numbers (n INTEGER, filler TEXT);
  WITH RECURSIVE k(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM k WHERE x < 2000)
  INSERT INTO numbers SELECT x, hex(randomblob(20)) FROM k`
let folder = ''
let count = 0

beforeEach(() => {
  folder = join(root.path, `case-${count++}`)
  mkdirSync(folder)
})
afterAll(async () => {
  await sandbox.close()
  root.remove()
})

function sum(path: string) {
  return sandbox.run({ path, sql: 'SELECT count(*), sum(n), max(filler) FROM numbers' })
}

function rowsOf(n: number) {
  return { kind: 'rows', rows: [[n, (n * (n + 1)) / 2, expect.anything()]] }
}

describe('a file that is no sound database', () => {
  it.each([
    ['missing', () => undefined, /no file/],
    ['empty', (path: string) => writeFileSync(path, ''), /empty/],
    ['a folder', (path: string) => mkdirSync(path), /folder/],
    ['a text', (path: string) => writeFileSync(path, 'a,b\n1,2\n'.repeat(100)), /not a SQLite database/],
    [
      'encrypted',
      (path: string) => writeFileSync(path, Buffer.from(Array.from({ length: 8192 }, (_, n) => (n * 7919) % 251))),
      /encrypted/,
    ],
  ])('%s: says so, with a next step', async (_, make, message) => {
    const path = join(folder, 'file.db')
    make(path)
    const outcome = await sum(path)
    expect(outcome).toMatchObject({ kind: 'crashed', message: expect.stringMatching(message) })
    expect(outcome.kind !== 'rows' && outcome.message).toMatch(/(Check|Copy|Name|Export) /)
  })

  it('truncated', async () => {
    const path = makeDatabase(folder, 'file.db', numbers)
    truncateSync(path, 20_000)
    expect(await sum(path)).toMatchObject({
      kind: 'crashed',
      message: expect.stringMatching(/cannot be read: .*malformed/),
    })
  })

  it('overwritten in the middle', async () => {
    const path = makeDatabase(folder, 'file.db', numbers)
    const bytes = readFileSync(path)
    bytes.fill(0xa5, 8192, bytes.length - 4096)
    writeFileSync(path, bytes)
    expect(await sum(path)).toMatchObject({ kind: 'crashed', message: expect.stringContaining('cannot be read') })
  })

  it.runIf(process.getuid?.() !== 0)('unreadable', async () => {
    const path = makeDatabase(folder, 'file.db', numbers)
    chmodSync(path, 0)
    expect(await sum(path)).toMatchObject({ kind: 'crashed' })
  })
})

describe('a database in WAL mode', () => {
  const wal = `PRAGMA journal_mode = WAL; ${numbers}`

  it('that nobody has open is read without a trace in its folder', async () => {
    const path = makeDatabase(folder, 'file.db', wal)
    const before = readFileSync(path)
    expect(readdirSync(folder)).toEqual(['file.db'])
    expect(await sum(path)).toMatchObject(rowsOf(2000))
    expect(readdirSync(folder)).toEqual(['file.db'])
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('that was left with a log, but without its index, is read with what the log holds', async () => {
    const path = join(folder, 'file.db')
    const source = makeDatabase(folder, 'source.db', wal)
    const writer = new Database(source)
    writer.exec('DELETE FROM numbers WHERE n > 5')
    for (const end of ['', '-wal']) copyFileSync(source + end, path + end)
    writer.close()
    const before = readdirSync(folder)
    expect(await sum(path)).toMatchObject(rowsOf(5))
    expect(readdirSync(folder)).toEqual(before)
  })

  it('that is being written is read fresh each time', async () => {
    const path = makeDatabase(folder, 'file.db', wal)
    const writer = new Database(path)
    writer.exec('DELETE FROM numbers WHERE n > 7')
    expect(await sum(path)).toMatchObject(rowsOf(7))
    writer.exec('DELETE FROM numbers WHERE n > 3')
    expect(await sum(path)).toMatchObject(rowsOf(3))
    writer.close()
    expect(await sum(path)).toMatchObject(rowsOf(3))
  })

  it.runIf(process.getuid?.() !== 0)('in a folder that cannot be written is read', async () => {
    const path = makeDatabase(folder, 'file.db', wal)
    chmodSync(folder, 0o555)
    expect(await sum(path)).toMatchObject(rowsOf(2000))
    chmodSync(folder, 0o755)
  })

  it('of which there is no room for a copy gets an answer in words', async ({ skip }) => {
    const path = makeDatabase(folder, 'file.db', wal)
    const small = createSandbox({ processes: 1 })
    try {
      await small.run({ path: makeDatabase(folder, 'other.db', numbers), sql: 'SELECT 1' })
      execFileSync('prlimit', ['--pid', String(small.pids()[0]), '--fsize=4096'])
      const outcome = await small.run({ path, sql: 'SELECT count(*) FROM numbers' })
      expect(outcome).toMatchObject({
        kind: 'crashed',
        message: expect.stringMatching(/no room in the temporary folder for a copy/),
      })
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOENT') throw error
      skip('needs prlimit, which Linux has')
    } finally {
      await small.close()
    }
  })

  it('hides sensitive columns too', async () => {
    const path = makeDatabase(folder, 'file.db', wal)
    const sensitive = [{ table: 'numbers', column: 'filler' }]
    expect(await sandbox.run({ path, sql: 'SELECT * FROM numbers LIMIT 1', sensitive })).toMatchObject({ rows: [[1]] })
    expect(readdirSync(folder)).toEqual(['file.db'])
  })
})

describe('a file that changes', () => {
  it('is read anew when another takes its place', async () => {
    const path = makeDatabase(folder, 'file.db', numbers)
    expect(await sum(path)).toMatchObject(rowsOf(2000))
    renameSync(makeDatabase(folder, 'other.db', `${numbers} WHERE x <= 10`), path)
    expect(await sum(path)).toMatchObject(rowsOf(10))
  })

  it('is read anew when it is rewritten in place', async () => {
    const path = makeDatabase(folder, 'file.db', numbers)
    expect(await sum(path)).toMatchObject(rowsOf(2000))
    writeFileSync(path, readFileSync(makeDatabase(folder, 'other.db', `${numbers} WHERE x <= 4`)))
    expect(await sum(path)).toMatchObject(rowsOf(4))
  })

  it('that is locked for writing gets an answer in words', async () => {
    const path = makeDatabase(folder, 'file.db', numbers)
    const writer = new Database(path)
    writer.exec('BEGIN EXCLUSIVE')
    expect(await sum(path)).toMatchObject({ kind: 'crashed', message: expect.stringContaining('locked') })
    writer.close()
    expect(await sum(path)).toMatchObject(rowsOf(2000))
  })

  it('many of them at once are kept apart', async () => {
    const paths = Array.from({ length: 20 }, (_, n) =>
      makeDatabase(folder, `file ${n}%20?#'.db`, `${numbers} WHERE x <= ${n + 1}`),
    )
    const outcomes = await Promise.all([...paths, ...paths].map(sum))
    for (const [at, outcome] of outcomes.entries()) expect(outcome).toMatchObject(rowsOf((at % 20) + 1))
  })
})
