import { chmodSync, copyFileSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openRegistry } from './registry.ts'
import { failureOf, fileAt, openTestRegistry, rowsOf, shop, testRegistryOfFile } from './testing/test-registry.ts'

const test = testRegistryOfFile()

describe('an upload', () => {
  it('is copied under its content hash, read-only, and can be asked', async () => {
    const path = test.make('shop.db', shop)
    const { record, warnings } = await test.registry.addUpload([fileAt(path)], { description: 'A shop' })
    expect(record).toMatchObject({ name: 'shop', description: 'A shop', source: 'upload', workspaceId: 'local' })
    expect(record.path).toBe(join(test.dataDir, 'databases', `${record.contentHash}.sqlite`))
    expect(statSync(record.path).mode & 0o777).toBe(0o400)
    expect(warnings).toEqual([])
    const database = await test.registry.open('shop')
    expect(database.schema.tables.map(({ name }) => name)).toEqual(['customers'])
    expect(await rowsOf(database, 'SELECT count(*) FROM customers')).toEqual([[2]])
    expect(readFileSync(record.path).equals(readFileSync(path))).toBe(true)
  })

  it('may arrive as a stream', async () => {
    const bytes = readFileSync(test.make('streamed.db', shop))
    const stream = Readable.from([bytes.subarray(0, 100), bytes.subarray(100)])
    const { record } = await test.registry.addUpload([{ name: 'some/../where/streamed.db', stream }])
    expect(record.name).toBe('streamed')
  })

  it('shares its file with another of the same content, until both are gone', async () => {
    const path = test.make('same.db', shop)
    const one = await test.registry.addUpload([fileAt(path)], { name: 'one' })
    const two = await test.registry.addUpload([fileAt(path)], { name: 'two' })
    expect(two.record.path).toBe(one.record.path)
    await test.registry.remove(one.record.id)
    expect(await rowsOf(await test.registry.open('two'), 'SELECT 1')).toEqual([[1]])
    await test.registry.remove(two.record.id)
    expect(test.kept()).toEqual([])
  })

  it('keeps its file when another of the same content goes at that moment', async () => {
    const path = test.make('twin.db', shop)
    const { record } = await test.registry.addUpload([fileAt(path)], { name: 'first' })
    const [second] = await Promise.all([
      test.registry.addUpload([fileAt(path)], { name: 'second' }),
      test.registry.remove(record.id),
    ])
    expect(await rowsOf(await test.registry.open(second.record.id), 'SELECT count(*) FROM customers')).toEqual([[2]])
  })

  it('brings its write-ahead log along', async () => {
    const path = test.make('live.db', 'PRAGMA journal_mode = WAL; CREATE TABLE t (a INT)')
    const writer = new SQLite(path)
    writer.exec('INSERT INTO t VALUES (42)')
    // What somebody copies while the program is running.
    const [main, wal] = [
      test.write('copy.db', readFileSync(path)),
      test.write('copy.db-wal', readFileSync(`${path}-wal`)),
    ]
    writer.close()
    await test.registry.addUpload([fileAt(wal), fileAt(main)], { name: 'live' })
    expect(await rowsOf(await test.registry.open('live'), 'SELECT a FROM t')).toEqual([[42]])
  })

  it('loses its triggers', async () => {
    const path = test.make(
      't.db',
      `${shop}; CREATE TRIGGER r AFTER INSERT ON customers BEGIN DELETE FROM customers; END`,
    )
    const { record, warnings } = await test.registry.addUpload([fileAt(path)])
    expect(warnings).toEqual([expect.stringContaining('Triggers were removed')])
    const db = new SQLite(record.path, { readonly: true })
    expect(db.prepare(`SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'`).pluck().get()).toBe(0)
    db.close()
  })

  it('keeps full-text tables', async () => {
    const path = test.make(
      'fts.db',
      `CREATE VIRTUAL TABLE doc USING fts5(body); INSERT INTO doc VALUES ('hello world')`,
    )
    await test.registry.addUpload([fileAt(path)])
    expect(await rowsOf(await test.registry.open('fts'), `SELECT body FROM doc WHERE doc MATCH 'world'`)).toEqual([
      ['hello world'],
    ])
  })

  it('stops when it is told to, and leaves nothing', async () => {
    const stop = new AbortController()
    async function* slow() {
      yield Buffer.from('a,b\n')
      stop.abort(new Error('no more'))
      yield Buffer.from('1,2\n')
    }
    const adding = test.registry.addUpload([{ name: 'slow.csv', stream: slow() }], {}, stop.signal)
    await expect(adding).rejects.toThrow('no more')
    expect(test.kept()).toEqual([])
    expect(test.registry.list()).toEqual([])
  })
})

describe('replacing', () => {
  it('gives new data under the same id and keeps what was set', async () => {
    const path = test.make('v1.db', `${shop}; ALTER TABLE customers ADD COLUMN password TEXT`)
    const { record } = await test.registry.addUpload([fileAt(path)], { name: 'shop', description: 'kept' })
    expect(record.sensitive).toEqual([{ table: 'customers', column: 'password' }])
    const held = await test.registry.open('shop')
    const next = test.make(
      'v2.db',
      `${shop}; INSERT INTO customers (name) VALUES ('Eve');
      ALTER TABLE customers ADD COLUMN password TEXT; ALTER TABLE customers ADD COLUMN api_key TEXT`,
    )
    const after = await test.registry.replace(record.id, [fileAt(next)])
    expect(after.record).toMatchObject({ id: record.id, name: 'shop', description: 'kept', addedAt: record.addedAt })
    expect(after.record.sensitive).toEqual([
      { table: 'customers', column: 'password' },
      { table: 'customers', column: 'api_key' },
    ])
    expect(Date.parse(after.record.dataAsOf)).toBeGreaterThanOrEqual(Date.parse(record.dataAsOf))
    expect(await rowsOf(await test.registry.open('shop'), 'SELECT count(*) FROM customers')).toEqual([[3]])
    expect(test.kept().filter((file) => file.startsWith('databases/'))).toEqual([
      `databases/${after.record.contentHash}.sqlite`,
    ])
    expect(held.record.path).not.toBe(after.record.path)
  })

  it('changes nothing where the new file is bad', async () => {
    const { record } = await test.registry.addUpload([fileAt(test.make('good.db', shop))])
    const bad = test.write('bad.db', 'not a database, whatever its name says')
    expect((await failureOf(test.registry.replace(record.id, [fileAt(bad)]))).code).toBe('file-not-database')
    expect(test.registry.find(record.id)).toEqual(record)
    expect(await rowsOf(await test.registry.open('good'), 'SELECT count(*) FROM customers')).toEqual([[2]])
  })

  it('is not for files that are read in place', async () => {
    const path = test.make('inplace.db', shop)
    const { record } = await test.registry.addPath(path)
    expect((await failureOf(test.registry.replace(record.id, [fileAt(path)]))).code).toBe('read-in-place')
  })
})

describe('names', () => {
  it('are unique whatever their case, and can be changed', async () => {
    const path = test.make('n.db', shop)
    const { record } = await test.registry.addUpload([fileAt(path)], { name: 'Sales' })
    expect((await failureOf(test.registry.addUpload([fileAt(path)], { name: 'sales' }))).code).toBe('name-taken')
    expect((await failureOf(test.registry.addPath(path, { name: 'SALES' }))).code).toBe('name-taken')
    expect(test.registry.update(record.id, { name: 'Old sales' }).name).toBe('Old sales')
    await test.registry.addUpload([fileAt(path)], { name: 'sales' })
    expect(test.registry.list().map(({ name }) => name)).toEqual(expect.arrayContaining(['Old sales', 'sales']))
  })

  it('are taken by one of two who add at once, and nothing of the other stays', async () => {
    const adding = ['x', 'y'].map((column) =>
      test.registry.addUpload([fileAt(test.make(`${column}.db`, `CREATE TABLE t (${column})`))], { name: 'race' }),
    )
    const settled = await Promise.allSettled(adding)
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(test.registry.list()).toHaveLength(1)
    expect(test.kept().filter((file) => /^databases\/\w+\.sqlite$/.test(file))).toHaveLength(1)
  })

  it('are short and on one line', async () => {
    const path = test.make('plain.db', shop)
    const { record } = await test.registry.addUpload([fileAt(path)], { name: '  two\n\u0007lines ' })
    expect(record.name).toBe('two lines')
    for (const name of ['', ' \n ', 'x'.repeat(81)]) {
      expect((await failureOf(test.registry.addUpload([fileAt(path)], { name }))).code).toBe('bad-name')
    }
  })

  it('that nobody bears give advice', async () => {
    expect(test.registry.find('nobody')).toBeUndefined()
    expect(await test.registry.remove('nobody')).toBe(false)
    const failure = await failureOf(test.registry.open('nobody'))
    expect(failure).toMatchObject({ code: 'no-such-database', advice: expect.stringContaining('databases list') })
  })
})

it('starts clean after a crash in the middle of an upload', async () => {
  const crashed = openTestRegistry()
  try {
    const staging = join(crashed.dataDir, 'databases', 'staging', 'upload-x')
    mkdirSync(staging, { recursive: true })
    copyFileSync(crashed.make('half.db', shop), join(staging, '0'))
    chmodSync(join(staging, '0'), 0o400)
    const again = openRegistry({ records: crashed.state.databases, dataDir: crashed.dataDir, sandbox: crashed.sandbox })
    expect(crashed.kept()).toEqual([])
    await again.close()
  } finally {
    await crashed.close()
  }
})
