import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnOf, lookAt, openWorkbench, tableOf } from './testing/look-at.ts'

let bench: ReturnType<typeof openWorkbench>

beforeAll(() => {
  bench = openWorkbench()
})
afterAll(() => bench.close())

describe('structure', () => {
  it('reads columns, keys and indexes', () => {
    const schema = bench.look(`
      CREATE TABLE country (code TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE);
      CREATE TABLE city (id INTEGER PRIMARY KEY, name varchar(40) NOT NULL, Country TEXT REFERENCES COUNTRY, UNIQUE (name, country));
      CREATE INDEX by_country ON city (Country);
      CREATE TABLE twin (a, b, FOREIGN KEY (a, b) REFERENCES city (NAME, country))`)
    expect(schema.tables.map(({ name }) => name)).toEqual(['country', 'city', 'twin'])
    const city = tableOf(schema, 'city')
    expect(city.primaryKey).toEqual(['id'])
    expect(city.columns.map(({ type, notNull }) => [type, notNull])).toEqual([
      ['INTEGER', true],
      ['varchar(40)', true],
      ['TEXT', false],
    ])
    expect(city.uniqueKeys).toEqual([['name', 'Country']])
    expect(city.indexes).toEqual([['name', 'Country'], ['Country']])
    // Spelled as the tables spell it, whatever the key says; no columns named means the primary key.
    expect(city.foreignKeys).toEqual([
      { columns: ['Country'], references: { table: 'country', columns: ['code'] }, guessed: false },
    ])
    expect(tableOf(schema, 'twin').foreignKeys).toEqual([
      { columns: ['a', 'b'], references: { table: 'city', columns: ['name', 'Country'] }, guessed: false },
    ])
  })

  it('copes with names that need quotes, reserved words and names that differ in case beyond ASCII', () => {
    const schema = bench.look(`
      CREATE TABLE "order" ("select" TEXT, "two words" INT, "a""b" INT, [x;y] INT, \`tick\` INT);
      INSERT INTO "order" VALUES ('x', 1, 2, 3, 4);
      CREATE TABLE "É" (a); CREATE TABLE "é" (b); INSERT INTO "é" VALUES (1), (2);
      CREATE INDEX "weird ""index" ON "order" ("a""b")`)
    expect(tableOf(schema, 'order').columns.map(({ name }) => name)).toEqual([
      'select',
      'two words',
      'a"b',
      'x;y',
      'tick',
    ])
    expect(columnOf(schema, 'order', 'a"b').values).toEqual([2])
    expect(tableOf(schema, 'order').indexes).toEqual([['a"b']])
    expect([tableOf(schema, 'É').rowCount, tableOf(schema, 'é').rowCount]).toEqual([0, 2])
    expect(schema.warnings).toEqual([])
  })

  it('leaves broken views out with a warning and keeps the others', () => {
    const schema = bench.look(`
      CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (2);
      CREATE VIEW good AS SELECT a AS b FROM t; CREATE VIEW bad AS SELECT * FROM gone; CREATE VIEW worse AS SELECT * FROM bad`)
    expect(schema.tables.map(({ name, kind, rowCount }) => [name, kind, rowCount])).toEqual([
      ['t', 'table', 2],
      ['good', 'view', 2],
    ])
    expect(schema.warnings).toHaveLength(2)
    expect(schema.warnings[0]).toMatch(/view bad .*no such table/)
  })

  it('reads generated columns, WITHOUT ROWID and full-text tables, and hides shadow tables', () => {
    const schema = bench.look(`
      CREATE TABLE g (a INT, b INT GENERATED ALWAYS AS (a * 2), c INT AS (a * 3) STORED); INSERT INTO g VALUES (2);
      CREATE TABLE w (k TEXT PRIMARY KEY, v INT) WITHOUT ROWID; INSERT INTO w VALUES ('x', 7);
      CREATE VIRTUAL TABLE doc USING fts5(title, body); INSERT INTO doc VALUES ('Hello', 'World')`)
    expect(schema.tables.map(({ name }) => name)).toEqual(['g', 'w', 'doc'])
    expect(tableOf(schema, 'g').columns.map(({ values }) => values)).toEqual([[2], [4], [6]])
    expect(columnOf(schema, 'w', 'v')).toMatchObject({ values: [7], valuesComplete: true, range: { min: 7, max: 7 } })
    expect(tableOf(schema, 'doc').columns.map(({ name }) => name)).toEqual(['title', 'body'])
    expect(tableOf(schema, 'doc').rowCount).toBe(1)
  })

  it('takes an empty database and empty tables', () => {
    const schema = bench.look('CREATE TABLE t (a INT, b TEXT)')
    expect(tableOf(schema, 't')).toMatchObject({ rowCount: 0, columns: [{ values: [] }, { values: [] }] })
    expect(bench.look('CREATE TABLE t (a); DROP TABLE t').tables).toEqual([])
  })

  it('reads comments beside columns and tables', () => {
    const schema = bench.look(`CREATE TABLE person ( -- People who
      -- surrogate key
      id INTEGER PRIMARY KEY,
      name TEXT, -- full name, as printed
      /* in EUR,
       * before tax */
      salary DECIMAL(10, 2) CHECK (salary > 0 /* always */), born TEXT -- ISO date
      , note TEXT DEFAULT '-- not a comment',
      CONSTRAINT named UNIQUE (name) -- no two alike
    )`)
    expect(tableOf(schema, 'person').comment).toBe('People who')
    expect(tableOf(schema, 'person').columns.map(({ comment }) => comment)).toEqual([
      'surrogate key',
      'full name, as printed',
      'in EUR, before tax always',
      'ISO date',
      undefined,
    ])
  })
})

describe('sensitive columns', () => {
  const users = `
    CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, password TEXT UNIQUE, hint TEXT AS (substr(password, 1, 2)));
    INSERT INTO users (name, password) VALUES ('Ann', 'hunter2');
    CREATE TABLE logins (password TEXT REFERENCES users (password), at TEXT);
    CREATE VIEW everyone AS SELECT * FROM users; CREATE VIEW aliased AS SELECT name, password AS p FROM users;
    CREATE VIEW filtered AS SELECT name FROM users WHERE password LIKE 'h%'; CREATE VIEW over AS SELECT name FROM aliased;
    CREATE VIEW fine AS SELECT name FROM users;
    CREATE VIRTUAL TABLE search USING fts5(password); INSERT INTO search VALUES ('hunter2')`

  it('are nowhere in the schema, in views and keys neither', () => {
    const schema = bench.look(users, [{ table: 'USERS', column: 'Password' }])
    expect(JSON.stringify(schema.tables)).not.toMatch(/hunter2|aliased|filtered|over|search|hint/)
    expect(tableOf(schema, 'users').columns.map(({ name }) => name)).toEqual(['id', 'name'])
    expect(tableOf(schema, 'users').uniqueKeys).toEqual([])
    expect(tableOf(schema, 'logins').foreignKeys).toEqual([])
    expect(tableOf(schema, 'everyone').columns.map(({ name }) => name)).toEqual(['id', 'name'])
    expect(tableOf(schema, 'fine').columns.map(({ name }) => name)).toEqual(['name'])
    expect(schema.warnings).toHaveLength(4)
  })

  it('do not come back as the rowid', () => {
    const schema = bench.look(
      'CREATE TABLE t (ssn INTEGER PRIMARY KEY, name TEXT); CREATE VIEW v AS SELECT rowid AS r, name FROM t',
      [{ table: 't', column: 'ssn' }],
    )
    expect(schema.tables.map(({ name }) => name)).toEqual(['t'])
  })
})

describe('the whole', () => {
  it('has a hash that stays the same until something changes', () => {
    const path = bench.make(`CREATE TABLE t (a INT); INSERT INTO t VALUES (1)`)
    const hash = () => lookAt(path).hash
    const first = hash()
    expect(hash()).toBe(first)
    const db = new SQLite(path)
    db.exec('UPDATE t SET a = 2')
    db.close()
    expect(hash()).not.toBe(first)
  })

  it('takes seconds for 300 tables of 40 columns', { timeout: 60_000 }, () => {
    const names = Array.from({ length: 40 }, (_, index) => `column_${index}`)
    const path = bench.make((db) => {
      for (let n = 0; n < 300; n++) {
        db.exec(`CREATE TABLE table_${n} (${names.map((name) => `${name} TEXT`).join(', ')})`)
        const insert = db.prepare(`INSERT INTO table_${n} VALUES (${names.map(() => '?').join(', ')})`)
        for (let row = 0; row < 100; row++) insert.run(names.map((name) => `${name} ${row % 60}`))
      }
    })
    // Processor time, since the machine may have other work.
    const start = process.cpuUsage()
    const schema = lookAt(path)
    expect(schema.tables).toHaveLength(300)
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(10_000)
  })

  it('reads a database in WAL mode without leaving files beside it', () => {
    const path = bench.make('PRAGMA journal_mode = WAL; CREATE TABLE t (a INT); INSERT INTO t VALUES (1)')
    expect(lookAt(path).tables).toHaveLength(1)
    expect(existsSync(`${path}-wal`)).toBe(false)
  })

  it('says what is wrong with a file that is no database', () => {
    const path = join(bench.folder, 'no.sqlite')
    writeFileSync(path, 'Hello, I am a text file, and quite long enough to be mistaken for something else.'.repeat(20))
    expect(() => lookAt(path)).toThrow(/not a SQLite database/)
  })
})
