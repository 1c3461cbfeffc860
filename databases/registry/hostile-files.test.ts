import { existsSync } from 'node:fs'
import SQLite from 'better-sqlite3'
import { afterEach, expect, it } from 'vitest'
import type { IncomingFile } from './stage-files.ts'
import { failureOf, fileAt, rowsOf, testRegistryOfFile } from './testing/test-registry.ts'

const test = testRegistryOfFile()
afterEach(() => expect(test.kept()).toEqual([]))

function tampered(name: string, sql: string, tamper: string): IncomingFile & { path: string } {
  const path = test.make(name, sql)
  const db = new SQLite(path)
  db.unsafeMode(true)
  db.exec(`PRAGMA writable_schema = ON; ${tamper}; PRAGMA writable_schema = RESET`)
  db.close()
  return { name, path }
}

it.each([
  ['a view that reads the schema', 'CREATE VIEW v AS SELECT * FROM sqlite_master', /view v reads sqlite_master/],
  ['a view on a pragma', `CREATE VIEW v AS SELECT * FROM pragma_database_list`, /reads pragma_database_list/],
  ['a view on the pages', 'CREATE VIEW v AS SELECT * FROM "dbstat"', /reads dbstat/],
  ['a view that makes huge blobs', 'CREATE VIEW v AS SELECT zeroblob(1000000000)', /calls zeroblob\(\)/],
  ['a view that loads a library', `CREATE VIEW v AS SELECT load_extension ('/tmp/x')`, /calls load_extension\(\)/],
  ['a virtual table of another kind', 'CREATE VIRTUAL TABLE v USING fts4(a)', /virtual table \(fts4\)/],
])('%s is refused', async (_what, sql, message) => {
  const failure = await failureOf(
    test.registry.addUpload([fileAt(test.make(`h${Math.random()}.db`, `CREATE TABLE t (a); ${sql}`))]),
  )
  expect(failure).toMatchObject({ code: 'hostile-schema', message: expect.stringMatching(message) })
})

it('two tables over the same pages are refused', async () => {
  const file = tampered(
    'alias.db',
    'CREATE TABLE a (x); CREATE TABLE b (y TEXT)',
    `UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'a') WHERE name = 'b'`,
  )
  expect((await failureOf(test.registry.addUpload([file]))).code).toMatch(/hostile-schema|file-damaged/)
})

it('a definition that is no SQL is refused', async () => {
  const file = tampered(
    'broken.db',
    'CREATE TABLE a (x)',
    `UPDATE sqlite_schema SET sql = 'CREATE TABLE a (' WHERE name = 'a'`,
  )
  expect((await failureOf(test.registry.addUpload([file]))).code).toBe('file-damaged')
})

it('a view whose text goes on with other statements is refused, and read in place it does not run them', async () => {
  const victim = test.make('victim.db', 'CREATE TABLE orders (x); INSERT INTO orders VALUES (1), (2)')
  const made = `${victim}.made`
  const more = `; ATTACH '${victim}' AS o; DELETE FROM o.orders; ATTACH '${made}' AS m; CREATE TABLE m.t (x)`
  const evil = tampered(
    'evil.db',
    `CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, password TEXT); INSERT INTO users VALUES (1, 'Ann', 'x');
     CREATE VIEW v AS SELECT name FROM users`,
    `UPDATE sqlite_schema SET sql = sql || '${more.replaceAll("'", "''")}' WHERE name = 'v'`,
  )
  const failure = await failureOf(test.registry.addUpload([evil], { name: 'evil' }))
  expect(failure).toMatchObject({ code: 'hostile-schema', message: expect.stringContaining('another statement') })

  const { record } = await test.registry.addPath(evil.path, { name: 'evil' })
  const database = await test.registry.open('evil')
  await database.values.ready
  expect(database.schema.tables.map(({ name }) => name)).toEqual(['users'])
  expect(await rowsOf(database, 'SELECT * FROM users')).toEqual([[1, 'Ann']])
  expect((await database.run('SELECT * FROM v')).outcome.kind).toBe('rejected')
  expect(new SQLite(victim, { readonly: true }).prepare('SELECT count(*) FROM orders').pluck().get()).toBe(2)
  expect(existsSync(made)).toBe(false)
  await test.registry.remove(record.id)
})
