import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { IncomingFile } from './stage-files.ts'
import { failureOf, fileAt, openTestRegistry, type TestRegistry } from './testing/test-registry.ts'

let test: TestRegistry

beforeAll(() => {
  test = openTestRegistry()
})
afterAll(() => test.close())
afterEach(() => {
  // Whatever was refused left nothing behind.
  expect(test.kept()).toEqual([])
  expect(test.registry.list()).toEqual([])
})

/** Refused as an upload and, where it is a single file on disk, in place and unregistered too. */
async function refuse(file: IncomingFile, code: string, message: RegExp): Promise<void> {
  const failures = [await failureOf(test.registry.addUpload([file], { name: 'bad' }))]
  if ('path' in file) {
    failures.push(await failureOf(test.registry.addPath(file.path, { name: 'bad' })))
    failures.push(await failureOf(test.registry.openFile(file.path)))
  }
  for (const failure of failures) {
    expect(failure.message).toMatch(message)
    expect(failure.code).toBe(code)
    expect(failure.advice.length).toBeGreaterThan(20)
  }
}

const manyRows = `CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT);
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO t SELECT i, hex(i) || 'abcdefgh' FROM n;
  CREATE INDEX by_b ON t (b)`

describe('files that are no database', () => {
  it.each([
    ['notes.db', 'Dear diary, this is no database.\n'.repeat(50), 'file-not-database', /not a SQLite database/],
    ['empty.db', '', 'file-empty', /is empty/],
    ['empty.csv', '', 'file-empty', /is empty/],
    ['tiny.db', 'ab', 'file-not-database', /not a SQLite database/],
    [
      'book.xlsx',
      Buffer.concat([Buffer.from('PK\u0003\u0004'), randomBytes(3000)]),
      'file-not-database',
      /ZIP archive or an Excel/,
    ],
    ['data.db', Buffer.concat([Buffer.from([0x1f, 0x8b]), randomBytes(3000)]), 'file-not-database', /gzip/],
    [
      'photo.csv',
      Buffer.concat([Buffer.from([0x89]), Buffer.from('PNG\r\n\u001a\n\u0000\u0000'), randomBytes(3000)]),
      'file-not-database',
      /neither a SQLite database nor text/,
    ],
    ['secret.db', randomBytes(8192), 'file-encrypted', /looks encrypted/],
    [
      'shop.db-wal',
      Buffer.concat([Buffer.from([0x37, 0x7f, 0x06, 0x82]), randomBytes(500)]),
      'wal-without-database',
      /companion of a SQLite database/,
    ],
    ['letter.txt.pdf', '%PDF-1.7 …', 'file-not-database', /PDF/],
  ])('%s is refused with advice', async (name, content, code, message) => {
    await refuse(fileAt(test.write(name, content)), code, message)
  })

  it('a folder is refused', async () => {
    const folder = join(dirname(test.write('x', 'x')), 'folder.db')
    mkdirSync(folder)
    await refuse(fileAt(folder), 'file-not-database', /folder/)
  })

  it('a file that is not there is refused', async () => {
    await refuse({ name: 'nowhere.db', path: '/nowhere/at/all.db' }, 'file-missing', /no file/)
  })

  it('a file that may not be read is refused', async ({ skip }) => {
    const path = test.make('locked.db', manyRows)
    execFileSync('chmod', ['0', path])
    if (process.getuid?.() !== 0) return refuse(fileAt(path), 'file-unreadable', /permissions/)
    // Nothing is forbidden to root: become somebody else for a moment.
    if (process.seteuid === undefined) return skip('no other user to become')
    const staging = join(test.dataDir, 'databases')
    execFileSync('chmod', ['-R', 'a+rwX', dirname(test.dataDir)])
    execFileSync('chmod', ['0', path])
    mkdirSync(join(staging, 'staging'), { recursive: true })
    execFileSync('chmod', ['a+rwx', join(staging, 'staging')])
    process.seteuid(65_534)
    try {
      await refuse(fileAt(path), 'file-unreadable', /permissions/)
    } finally {
      process.seteuid(0)
    }
  })

  it('a database without tables is refused', async () => {
    const path = test.make('bare.db', 'CREATE TABLE t (a); DROP TABLE t')
    const failure = await failureOf(test.registry.addUpload([fileAt(path)]))
    expect(failure.code).toBe('no-tables')
  })
})

describe('damaged databases', () => {
  it('one that is cut off is refused', async () => {
    const whole = readFileSync(test.make('whole.db', manyRows))
    const path = test.write('cut.db', whole.subarray(0, whole.length - 5000))
    const failure = await failureOf(test.registry.addUpload([fileAt(path)]))
    expect(failure).toMatchObject({ code: 'file-truncated', message: expect.stringContaining(`${whole.length}`) })
  })

  it('one that is cut off inside its first page is refused, wherever it is', async () => {
    const whole = readFileSync(test.make('whole2.db', manyRows))
    const path = test.write('stub.db', whole.subarray(0, 60))
    expect((await failureOf(test.registry.addUpload([fileAt(path)]))).code).toBe('file-truncated')
    expect((await failureOf(test.registry.addPath(path))).code).toBe('file-damaged')
  })

  it('one whose pages are overwritten is refused', async () => {
    const bytes = readFileSync(test.make('good.db', manyRows))
    bytes.fill(0xa5, 4096 * 2, 4096 * 6)
    const failure = await failureOf(test.registry.addUpload([fileAt(test.write('rotten.db', bytes))]))
    expect(failure).toMatchObject({ code: 'file-damaged', advice: expect.stringContaining('.recover') })
  })
})

describe('too much', () => {
  it('3 GB are refused before they are copied', async () => {
    const path = test.write('huge.db', 'SQLite format 3\u0000')
    const file = openSync(path, 'r+')
    ftruncateSync(file, 3 * 1024 ** 3)
    closeSync(file)
    const failure = await failureOf(test.registry.addUpload([fileAt(path)]))
    expect(failure).toMatchObject({ code: 'file-too-large', advice: expect.stringContaining('path') })
    // In place nothing is copied, and SQLite says what it is worth.
    expect((await failureOf(test.registry.addPath(path))).code).toBe('file-not-database')
  })

  it('a stream is cut at the limit', async () => {
    const small = openTestRegistry({ maxFileBytes: 100_000 })
    let given = 0
    async function* endless() {
      for (;;) {
        given += 10_000
        yield Buffer.alloc(10_000, 'a,b\n')
      }
    }
    try {
      const failure = await failureOf(small.registry.addUpload([{ name: 'endless.csv', stream: endless() }]))
      expect(failure.code).toBe('file-too-large')
      expect(given).toBeLessThan(200_000)
      expect(small.kept()).toEqual([])
    } finally {
      await small.close()
    }
  })

  it('a full disk leaves everything as it was', async ({ skip }) => {
    try {
      execFileSync('prlimit', ['--version'])
    } catch {
      return skip('needs prlimit, which Linux has')
    }
    const path = test.write('big.csv', `a,b\n${'1,2\n'.repeat(200_000)}`)
    const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`])
    limit('65536')
    try {
      const failure = await failureOf(test.registry.addUpload([fileAt(path)], { name: 'big' }))
      expect(failure).toMatchObject({ code: 'disk-full', message: expect.stringContaining('no room on the disk') })
    } finally {
      limit('unlimited')
    }
  })

  it('a dump that fills the disk is stopped', async () => {
    const small = openTestRegistry({ maxFileBytes: 100_000 })
    const bomb = `CREATE TABLE t (a); INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT hex(randomblob(100)) FROM n;`
    try {
      const failure = await failureOf(small.registry.addUpload([fileAt(small.write('bomb.sql', bomb))]))
      expect(failure.code).toBe('disk-full')
      expect(small.kept()).toEqual([])
    } finally {
      await small.close()
    }
  })

  it('a dump that never ends is stopped', async () => {
    const hasty = openTestRegistry({ loadMs: 1000 })
    const bomb = `CREATE TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n;`
    try {
      const failure = await failureOf(hasty.registry.addUpload([fileAt(hasty.write('bomb.sql', bomb))]))
      expect(failure.code).toBe('timed-out')
      expect(hasty.kept()).toEqual([])
    } finally {
      await hasty.close()
    }
  })
})

describe('sets of files', () => {
  it('that do not belong together are refused', async () => {
    const [one, two] = [test.make('one.db', manyRows), test.make('two.db', manyRows)]
    const csv = test.write('table.csv', 'a,b\n1,2\n')
    for (const files of [
      [fileAt(one), fileAt(two)],
      [fileAt(one), fileAt(csv)],
    ]) {
      expect((await failureOf(test.registry.addUpload(files))).code).toBe('files-do-not-belong-together')
    }
    const wal = test.write('other.db-wal', 'whatever')
    expect((await failureOf(test.registry.addUpload([fileAt(one), fileAt(wal)]))).code).toBe(
      'files-do-not-belong-together',
    )
    expect((await failureOf(test.registry.addUpload([]))).code).toBe('no-files')
  })

  it('with a rollback journal are refused: it could make SQLite delete another file', async () => {
    const one = test.make('written.db', manyRows)
    const journal = test.write('written.db-journal', Buffer.alloc(1024))
    const failure = await failureOf(test.registry.addUpload([fileAt(one), fileAt(journal)]))
    expect(failure.code).toBe('interrupted-write')
  })

  it('of which one is bad are refused whole', async () => {
    const good = test.write('good.csv', 'a,b\n1,2\n')
    const bad = test.write('bad.csv', 'a,b\n1,2,3\n')
    const failure = await failureOf(test.registry.addUpload([fileAt(good), fileAt(bad)]))
    expect(failure).toMatchObject({ code: 'ragged-table', message: expect.stringContaining('line 2') })
  })

  it('whose stream breaks are refused', async () => {
    async function* broken() {
      yield Buffer.from('a,b\n')
      throw new Error('the connection was lost')
    }
    const failure = await failureOf(test.registry.addUpload([{ name: 'x.csv', stream: broken() }]))
    expect(failure.message).toContain('connection was lost')
  })
})

it('a copy with a hole in it is refused', async () => {
  const path = test.write('gap.db', readFileSync(test.make('gap-source.db', manyRows)))
  const file = openSync(path, 'r+')
  // A hole where a page should be, as a copy to a full disk leaves it.
  writeSync(file, Buffer.alloc(4096), 0, 4096, 4096 * 3)
  closeSync(file)
  expect((await failureOf(test.registry.addUpload([fileAt(path)]))).code).toBe('file-damaged')
})
