import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite, { type Database } from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SensitiveColumn } from '../sandbox/executor.ts'
import { introspect } from './introspect.ts'
import type { Column, Schema, Table } from './schema.ts'

let folder: string
let made = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'introspect-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function make(fill: string | ((db: Database) => void)): string {
  const path = join(folder, `${made++}.sqlite`)
  const db = new SQLite(path)
  if (typeof fill === 'string') db.exec(fill)
  else db.transaction(() => fill(db))()
  db.close()
  return path
}

function look(fill: Parameters<typeof make>[0], sensitive: SensitiveColumn[] = []): Schema {
  return introspect({ path: make(fill), sensitive, budgetMs: 20_000, rowsOf: 'tables and views' })
}

function table(schema: Schema, name: string): Table {
  const found = schema.tables.find((one) => one.name === name)
  if (!found) throw new Error(`no table ${name} among ${schema.tables.map((one) => one.name)}`)
  return found
}

function column(schema: Schema, tableName: string, name: string): Column {
  const found = table(schema, tableName).columns.find((one) => one.name === name)
  if (!found) throw new Error(`no column ${name}`)
  return found
}

describe('structure', () => {
  it('reads columns, keys and indexes', () => {
    const schema = look(`
      CREATE TABLE country (code TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE);
      CREATE TABLE city (id INTEGER PRIMARY KEY, name varchar(40) NOT NULL, Country TEXT REFERENCES COUNTRY, UNIQUE (name, country));
      CREATE INDEX by_country ON city (Country);
      CREATE TABLE twin (a, b, FOREIGN KEY (a, b) REFERENCES city (NAME, country))`)
    expect(schema.tables.map(({ name }) => name)).toEqual(['country', 'city', 'twin'])
    const city = table(schema, 'city')
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
    expect(table(schema, 'twin').foreignKeys).toEqual([
      { columns: ['a', 'b'], references: { table: 'city', columns: ['name', 'Country'] }, guessed: false },
    ])
  })

  it('copes with names that need quotes, reserved words and names that differ in case beyond ASCII', () => {
    const schema = look(`
      CREATE TABLE "order" ("select" TEXT, "two words" INT, "a""b" INT, [x;y] INT, \`tick\` INT);
      INSERT INTO "order" VALUES ('x', 1, 2, 3, 4);
      CREATE TABLE "É" (a); CREATE TABLE "é" (b); INSERT INTO "é" VALUES (1), (2);
      CREATE INDEX "weird ""index" ON "order" ("a""b")`)
    expect(table(schema, 'order').columns.map(({ name }) => name)).toEqual([
      'select',
      'two words',
      'a"b',
      'x;y',
      'tick',
    ])
    expect(column(schema, 'order', 'a"b').values).toEqual([2])
    expect(table(schema, 'order').indexes).toEqual([['a"b']])
    expect([table(schema, 'É').rowCount, table(schema, 'é').rowCount]).toEqual([0, 2])
    expect(schema.warnings).toEqual([])
  })

  it('leaves broken views out with a warning and keeps the others', () => {
    const schema = look(`
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
    const schema = look(`
      CREATE TABLE g (a INT, b INT GENERATED ALWAYS AS (a * 2), c INT AS (a * 3) STORED); INSERT INTO g VALUES (2);
      CREATE TABLE w (k TEXT PRIMARY KEY, v INT) WITHOUT ROWID; INSERT INTO w VALUES ('x', 7);
      CREATE VIRTUAL TABLE doc USING fts5(title, body); INSERT INTO doc VALUES ('Hello', 'World')`)
    expect(schema.tables.map(({ name }) => name)).toEqual(['g', 'w', 'doc'])
    expect(table(schema, 'g').columns.map(({ values }) => values)).toEqual([[2], [4], [6]])
    expect(column(schema, 'w', 'v')).toMatchObject({ values: [7], valuesComplete: true, range: { min: 7, max: 7 } })
    expect(table(schema, 'doc').columns.map(({ name }) => name)).toEqual(['title', 'body'])
    expect(table(schema, 'doc').rowCount).toBe(1)
  })

  it('takes an empty database and empty tables', () => {
    const schema = look('CREATE TABLE t (a INT, b TEXT)')
    expect(table(schema, 't')).toMatchObject({ rowCount: 0, columns: [{ values: [] }, { values: [] }] })
    expect(look('CREATE TABLE t (a); DROP TABLE t').tables).toEqual([])
  })

  it('reads comments beside columns and tables', () => {
    const schema = look(`CREATE TABLE person ( -- People who
      -- surrogate key
      id INTEGER PRIMARY KEY,
      name TEXT, -- full name, as printed
      /* in EUR,
       * before tax */
      salary DECIMAL(10, 2) CHECK (salary > 0 /* always */), born TEXT -- ISO date
      , note TEXT DEFAULT '-- not a comment',
      CONSTRAINT named UNIQUE (name) -- no two alike
    )`)
    expect(table(schema, 'person').comment).toBe('People who')
    expect(table(schema, 'person').columns.map(({ comment }) => comment)).toEqual([
      'surrogate key',
      'full name, as printed',
      'in EUR, before tax always',
      'ISO date',
      undefined,
    ])
  })
})

describe('values', () => {
  it('lists all values of a column that has few, the frequent ones first, and some of one that has many', () => {
    const schema = look((db) => {
      db.exec('CREATE TABLE t (status TEXT, name TEXT, flag INT)')
      const insert = db.prepare('INSERT INTO t VALUES (?, ?, ?)')
      for (let n = 0; n < 500; n++) insert.run(n % 10 === 0 ? 'open' : 'paid', `name ${n}`, n % 2)
    })
    expect(column(schema, 't', 'status')).toMatchObject({ values: ['paid', 'open'], valuesComplete: true })
    expect(column(schema, 't', 'flag')).toMatchObject({
      values: [0, 1],
      valuesComplete: true,
      range: { min: 0, max: 1 },
    })
    const name = column(schema, 't', 'name')
    expect(name.valuesComplete).toBe(false)
    expect(name.values.length).toBeGreaterThan(2)
  })

  it('finds rare values and exact ranges in a table too large to be sampled whole', () => {
    const schema = look((db) => {
      db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, status TEXT, amount REAL, day TEXT)')
      const insert = db.prepare('INSERT INTO t VALUES (?, ?, ?, ?)')
      for (let n = 1; n <= 30_000; n++) {
        insert.run(
          n,
          n === 17_777 ? 'lost' : 'paid',
          n === 12_345 ? -5.5 : n,
          n === 23_456 ? '2031-01-02' : '2024-05-06',
        )
      }
    })
    expect(table(schema, 't').rowCount).toBe(30_000)
    expect(column(schema, 't', 'status')).toMatchObject({ values: ['paid', 'lost'], valuesComplete: true })
    expect(column(schema, 't', 'amount').range).toEqual({ min: -5.5, max: 30_000 })
    expect(column(schema, 't', 'day')).toMatchObject({
      dateFormat: 'date',
      range: { min: '2024-05-06', max: '2031-01-02' },
    })
    expect(column(schema, 't', 'id').range).toEqual({ min: 1, max: 30_000 })
  })

  it('tells how dates are stored', () => {
    const schema = look(`
      CREATE TABLE t (day TEXT, moment TEXT, created_at INT, updatedAt INT, release_year INT, population INT, code TEXT);
      INSERT INTO t VALUES ('2024-01-31', '2024-01-31T10:00:00Z', 1700000000, 1700000000000, 1999, 1700000000, '2024-99-99'),
        ('2023-01-31', '2024-02-01 10:00', 1700000001, 1700000000001, 2001, 17, '2024-01-31'), ('', NULL, NULL, NULL, NULL, NULL, 'x')`)
    expect(table(schema, 't').columns.map(({ dateFormat }) => dateFormat)).toEqual([
      'date',
      'datetime',
      'epoch-seconds',
      'epoch-milliseconds',
      'year',
      undefined,
      undefined,
    ])
    expect(column(schema, 't', 'day').range).toEqual({ min: '2023-01-31', max: '2024-01-31' })
  })

  it('keeps 64-bit integers exact and leaves blobs, long and invalid text out of the values', () => {
    const schema = look((db) => {
      db.exec('CREATE TABLE t (big INT, blob BLOB, long TEXT, latin TEXT)')
      db.prepare(`INSERT INTO t VALUES (9223372036854775807, x'00ff', ?, CAST(x'4dfc6e' AS TEXT))`).run(
        'x'.repeat(5000),
      )
    })
    expect(column(schema, 't', 'big')).toMatchObject({
      values: [9223372036854775807n],
      range: { max: 9223372036854775807n },
    })
    for (const name of ['blob', 'long', 'latin']) {
      expect(column(schema, 't', name)).toMatchObject({ values: [], valuesComplete: false })
    }
    expect(schema.warnings).toEqual(['t.latin holds text that is not valid UTF-8.'])
  })
})

describe('guessed foreign keys', () => {
  const shop = `
    CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO customers VALUES (1, 'a'), (2, 'b');
    CREATE TABLE categories (category_code TEXT PRIMARY KEY); INSERT INTO categories VALUES ('x');`
  const guesses = (schema: Schema) =>
    schema.tables.flatMap(({ name, foreignKeys }) =>
      foreignKeys.map(({ columns, references, guessed }) => [name, columns[0], references.table, guessed]),
    )

  it('are found by names and values', () => {
    const schema = look(`${shop}
      CREATE TABLE orders (id INTEGER PRIMARY KEY, customerId INT, category_code TEXT, total INT);
      INSERT INTO orders VALUES (1, 2, 'x', 1), (2, 1, NULL, 2)`)
    expect(guesses(schema)).toEqual([
      ['orders', 'customerId', 'customers', true],
      ['orders', 'category_code', 'categories', true],
    ])
  })

  it('need every value to be there, and leave declared keys alone', () => {
    const schema = look(`${shop}
      CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INT, category_code TEXT REFERENCES categories);
      INSERT INTO orders VALUES (1, 3, 'x')`)
    expect(guesses(schema)).toEqual([['orders', 'category_code', 'categories', false]])
  })

  it('are not made where two tables would do', () => {
    const schema = look(`
      CREATE TABLE a (ref INT PRIMARY KEY); CREATE TABLE b (ref INT PRIMARY KEY); CREATE TABLE c (ref INT);
      INSERT INTO a VALUES (1); INSERT INTO b VALUES (1); INSERT INTO c VALUES (1)`)
    expect(guesses(schema).filter(([from]) => from === 'c')).toEqual([])
  })

  it('work without a declared key where the values are distinct', () => {
    const schema = look(`
      CREATE TABLE teams (team_id INT, name TEXT); INSERT INTO teams VALUES (7, 'x'), (8, 'y');
      CREATE TABLE games (no INT, team_id INT); INSERT INTO games VALUES (1, 7), (2, 7), (3, 8)`)
    expect(guesses(schema)).toEqual([['games', 'team_id', 'teams', true]])
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
    const schema = look(users, [{ table: 'USERS', column: 'Password' }])
    expect(JSON.stringify(schema.tables)).not.toMatch(/hunter2|aliased|filtered|over|search|hint/)
    expect(table(schema, 'users').columns.map(({ name }) => name)).toEqual(['id', 'name'])
    expect(table(schema, 'users').uniqueKeys).toEqual([])
    expect(table(schema, 'logins').foreignKeys).toEqual([])
    expect(table(schema, 'everyone').columns.map(({ name }) => name)).toEqual(['id', 'name'])
    expect(table(schema, 'fine').columns.map(({ name }) => name)).toEqual(['name'])
    expect(schema.warnings).toHaveLength(4)
  })

  it('do not come back as the rowid', () => {
    const schema = look(
      'CREATE TABLE t (ssn INTEGER PRIMARY KEY, name TEXT); CREATE VIEW v AS SELECT rowid AS r, name FROM t',
      [{ table: 't', column: 'ssn' }],
    )
    expect(schema.tables.map(({ name }) => name)).toEqual(['t'])
  })
})

describe('the whole', () => {
  it('has a hash that stays the same until something changes', () => {
    const path = make(`CREATE TABLE t (a INT); INSERT INTO t VALUES (1)`)
    const hash = () => introspect({ path, sensitive: [], budgetMs: 20_000, rowsOf: 'tables and views' }).hash
    const first = hash()
    expect(hash()).toBe(first)
    const db = new SQLite(path)
    db.exec('UPDATE t SET a = 2')
    db.close()
    expect(hash()).not.toBe(first)
  })

  it('takes seconds for 300 tables of 40 columns', { timeout: 60_000 }, () => {
    const names = Array.from({ length: 40 }, (_, index) => `column_${index}`)
    const path = make((db) => {
      for (let n = 0; n < 300; n++) {
        db.exec(`CREATE TABLE table_${n} (${names.map((name) => `${name} TEXT`).join(', ')})`)
        const insert = db.prepare(`INSERT INTO table_${n} VALUES (${names.map(() => '?').join(', ')})`)
        for (let row = 0; row < 100; row++) insert.run(names.map((name) => `${name} ${row % 60}`))
      }
    })
    // Processor time, since the machine may have other work.
    const start = process.cpuUsage()
    const schema = introspect({ path, sensitive: [], budgetMs: 20_000, rowsOf: 'tables and views' })
    expect(schema.tables).toHaveLength(300)
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(10_000)
  })

  it('reads a database in WAL mode without leaving files beside it', () => {
    const path = make('PRAGMA journal_mode = WAL; CREATE TABLE t (a INT); INSERT INTO t VALUES (1)')
    expect(introspect({ path, sensitive: [], budgetMs: 1000, rowsOf: 'tables and views' }).tables).toHaveLength(1)
    expect(() => rmSync(`${path}-wal`)).toThrow(/ENOENT/)
  })

  it('says what is wrong with a file that is no database', () => {
    const path = join(folder, 'no.sqlite')
    writeFileSync(path, 'Hello, I am a text file, and quite long enough to be mistaken for something else.'.repeat(20))
    expect(() => introspect({ path, sensitive: [], budgetMs: 1000, rowsOf: 'tables and views' })).toThrow(
      /not a SQLite database/,
    )
  })
})
