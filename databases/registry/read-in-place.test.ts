import { readFileSync, rmSync, utimesSync } from 'node:fs'
import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { failureOf, rowsOf, shop, testRegistryOfFile } from './testing/test-registry.ts'
import { withFiles } from './with-files.ts'

const test = testRegistryOfFile()

describe('a file read in place', () => {
  it('is always in its present state', async () => {
    const path = test.make('live2.db', shop)
    await test.registry.addPath(path, { name: 'live' })
    const before = await test.registry.open('live')
    const db = new SQLite(path)
    db.exec(`INSERT INTO customers (name) VALUES ('Eve'); CREATE TABLE extra (x INT)`)
    db.close()
    const after = await test.registry.open('live')
    expect(before.schema.tables).toHaveLength(1)
    expect(after.schema.tables.map(({ rowCount }) => rowCount)).toEqual([3, 0])
    expect(await rowsOf(after, 'SELECT count(*) FROM customers')).toEqual([[3]])
  })

  it('is seen through a write-ahead log that is still open', async () => {
    const path = test.make('wal.db', 'PRAGMA journal_mode = WAL; CREATE TABLE t (a INT)')
    const writer = new SQLite(path)
    try {
      await test.registry.addPath(path, { name: 'wal' })
      writer.exec('INSERT INTO t VALUES (1); CREATE TABLE u (b INT)')
      const database = await test.registry.open('wal')
      expect(database.schema.tables.map(({ name, rowCount }) => [name, rowCount])).toEqual([
        ['t', 1],
        ['u', 0],
      ])
    } finally {
      writer.close()
    }
  })

  it('says how old its data are', async () => {
    const path = test.make('old.db', shop)
    utimesSync(path, new Date('2024-11-14T12:00:00Z'), new Date('2024-11-14T12:00:00Z'))
    await test.registry.addPath(path)
    expect((await test.registry.open('old')).record.dataAsOf).toBe('2024-11-14T12:00:00.000Z')
  })

  it('is never written to and stays when the database is removed', async () => {
    const path = test.make('mine.db', shop)
    const before = readFileSync(path)
    const { record } = await test.registry.addPath(path)
    const database = await test.registry.open('mine')
    for (const sql of ['DELETE FROM customers', 'DROP TABLE customers', "ATTACH 'x' AS y", 'PRAGMA user_version = 3']) {
      expect((await database.run(sql)).outcome.kind).toBe('refused')
    }
    await test.registry.remove(record.id)
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('gives a clear message once it is gone', async () => {
    const path = test.make('gone.db', shop)
    await test.registry.addPath(path)
    rmSync(path)
    expect((await failureOf(test.registry.open('gone'))).code).toBe('file-missing')
  })
})

it('a borrowed file with columns kept back is another database than the file as it is', async () => {
  const databases = withFiles(test.registry)
  const path = test.make('borrowed.db', 'CREATE TABLE staff (id INTEGER PRIMARY KEY, name TEXT, salary INT)')
  const whole = await databases.borrow(path)
  const partial = await databases.borrow(path, [{ table: 'staff', column: 'salary' }])
  expect(partial).not.toBe(whole)
  const columnsOf = async (id: string) => (await databases.open(id)).schema.tables[0]?.columns.map(({ name }) => name)
  expect(await columnsOf(whole)).toEqual(['id', 'name', 'salary'])
  expect(await columnsOf(partial)).toEqual(['id', 'name'])
})
