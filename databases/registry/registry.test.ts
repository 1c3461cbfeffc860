import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import SQLite from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { OpenDatabase } from './open-database.ts'
import { failureOf, fileAt, openTestRegistry, type TestRegistry } from './testing/test-registry.ts'

let test: TestRegistry

beforeAll(() => {
  test = openTestRegistry()
})
afterEach(async () => {
  for (const { id } of test.registry.list()) await test.registry.remove(id)
})
afterAll(() => test.close())

const shop = `CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, city TEXT);
  INSERT INTO customers (name, city) VALUES ('Ann', 'München'), ('Bob', 'Paris')`

async function rows(database: OpenDatabase, sql: string) {
  const { outcome } = await database.run(sql)
  return outcome.kind === 'rows' ? outcome.rows : outcome
}

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
    expect(await rows(database, 'SELECT count(*) FROM customers')).toEqual([[2]])
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
    expect(await rows(await test.registry.open('two'), 'SELECT 1')).toEqual([[1]])
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
    expect(await rows(await test.registry.open(second.record.id), 'SELECT count(*) FROM customers')).toEqual([[2]])
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
    expect(await rows(await test.registry.open('live'), 'SELECT a FROM t')).toEqual([[42]])
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
    expect(await rows(await test.registry.open('fts'), `SELECT body FROM doc WHERE doc MATCH 'world'`)).toEqual([
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
    expect(await rows(await test.registry.open('shop'), 'SELECT count(*) FROM customers')).toEqual([[3]])
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
    expect(await rows(await test.registry.open('good'), 'SELECT count(*) FROM customers')).toEqual([[2]])
  })

  it('is not for files that are read in place', async () => {
    const path = test.make('inplace.db', shop)
    const { record } = await test.registry.addPath(path)
    expect((await failureOf(test.registry.replace(record.id, [fileAt(path)]))).code).toBe('read-in-place')
  })
})

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
    expect(await rows(after, 'SELECT count(*) FROM customers')).toEqual([[3]])
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

  it('may be bound to certain folders, which a link does not get around', async () => {
    const outside = test.make('outside.db', shop)
    const inside = join(outside, '..', 'allowed')
    mkdirSync(inside, { recursive: true })
    copyFileSync(outside, join(inside, 'fine.db'))
    symlinkSync(outside, join(inside, 'link.db'))
    const within = [inside]
    await test.registry.addPath(join(inside, 'fine.db'), {}, { within })
    for (const path of [outside, join(inside, 'link.db'), join(inside, '..', 'outside.db')]) {
      expect((await failureOf(test.registry.addPath(path, { name: 'x' }, { within }))).code).toBe('path-not-allowed')
    }
  })

  it('gives a clear message once it is gone', async () => {
    const path = test.make('gone.db', shop)
    await test.registry.addPath(path)
    const { execFileSync } = await import('node:child_process')
    execFileSync('rm', [path])
    expect((await failureOf(test.registry.open('gone'))).code).toBe('file-missing')
  })
})

describe('sensitive columns', () => {
  it('are gone from schema, values, index and answers, and come back when they are allowed', async () => {
    const path = test.make(
      'people.db',
      `CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, iban TEXT, secret_token TEXT);
      INSERT INTO people VALUES (1, 'Ann', 'DE89 3704', 'Swordfish')`,
    )
    const added = await test.registry.addUpload([fileAt(path)])
    expect(added.record.sensitive).toEqual([{ table: 'people', column: 'secret_token' }])
    expect(added.personal).toEqual([{ table: 'people', column: 'iban' }])
    expect(added.warnings).toEqual([expect.stringContaining('people.secret_token')])

    const closed = await test.registry.open('people')
    await closed.values.ready
    expect(JSON.stringify(closed.schema)).not.toContain('secret_token')
    expect(closed.values.match('Swordfish')).toEqual([])
    expect((await closed.run('SELECT secret_token FROM people')).outcome.kind).toBe('rejected')
    expect(await rows(closed, 'SELECT * FROM people')).toEqual([[1, 'Ann', 'DE89 3704']])
    expect((await closed.preview('people')).columns).toEqual(['id', 'name', 'iban'])

    await test.registry.setSensitive('people', [{ table: 'people', column: 'name' }])
    const reopened = await test.registry.open('people')
    await reopened.values.ready
    expect(reopened.values.match('Swordfish and Ann').map(({ value }) => value)).toEqual(['Swordfish'])
    expect(await rows(reopened, 'SELECT * FROM people')).toEqual([[1, 'DE89 3704', 'Swordfish']])

    await test.registry.setSensitive('people', [{ table: 'people', column: 'secret_token' }])
    const indexes = test.kept().filter((file) => file.startsWith('values/'))
    expect(indexes).toEqual([])
  })

  it('leave a schema of which everything can be read', async () => {
    const path = test.make(
      'mixed.db',
      `CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, pin_code TEXT, half TEXT AS (substr(pin_code, 1, 2)));
       INSERT INTO users (name, pin_code) VALUES ('Ann', '4711');
       CREATE TABLE "order" (id INTEGER PRIMARY KEY, "user id" INT REFERENCES users, double INT AS (id * 2)); INSERT INTO "order" VALUES (1, 1);
       CREATE VIEW everyone AS SELECT * FROM users; CREATE VIEW coded AS SELECT name, pin_code AS code FROM users;
       CREATE VIEW joined AS SELECT name, "order".id FROM users JOIN "order" ON "user id" = users.id;
       CREATE VIEW over AS SELECT upper(name) AS loud FROM everyone; CREATE VIEW hidden AS SELECT * FROM coded;
       CREATE VIRTUAL TABLE search USING fts5(text); INSERT INTO search VALUES ('4711')`,
    )
    await test.registry.addUpload([fileAt(path)])
    const database = await test.registry.open('mixed')
    expect(database.schema.tables.map(({ name }) => name)).toEqual(['users', 'order', 'everyone', 'joined', 'over'])
    for (const { name, columns } of database.schema.tables) {
      const { rows: found } = await database.preview(name)
      expect(found).toHaveLength(1)
      expect(found[0]).toHaveLength(columns.length)
      expect(JSON.stringify(found)).not.toContain('47')
    }
    for (const name of ['coded', 'hidden', 'search']) {
      expect((await database.run(`SELECT * FROM ${name}`)).outcome.kind).toBe('rejected')
    }
  })

  it('must exist', async () => {
    await test.registry.addUpload([fileAt(test.make('c.db', shop))])
    const failure = await failureOf(test.registry.setSensitive('c', [{ table: 'customers', column: 'nope' }]))
    expect(failure.code).toBe('no-such-column')
  })
})

describe('opening', () => {
  it('builds the value index in the background and finds it again later', async () => {
    await test.registry.addUpload([fileAt(test.make('idx.db', shop))])
    const database = await test.registry.open('idx')
    await database.values.ready
    expect(database.values.match('who lives in Muenchen')[0]).toMatchObject({
      table: 'customers',
      column: 'city',
      value: 'München',
      matched: 'Muenchen',
    })
    expect(test.kept().filter((file) => file.startsWith('values/'))).toHaveLength(1)
  })

  it('has the index of a small database at once, and does not wait for that of a large one', async () => {
    const { record } = await test.registry.addUpload([fileAt(test.make('small.db', shop))])
    expect((await test.registry.open(record.id)).values.match('Muenchen')).toHaveLength(1)
    const hasty = openTestRegistry({ indexWaitMs: 0 })
    try {
      const database = await hasty.registry.openFile(hasty.make('large.db', shop))
      expect(database.values.match('Muenchen')).toEqual([])
      await database.values.ready
      expect(database.values.match('Muenchen')).toHaveLength(1)
    } finally {
      await hasty.close()
    }
  })

  it('serves many at once', async () => {
    await test.registry.addUpload([fileAt(test.make('many.db', shop))])
    const opened = await Promise.all(Array.from({ length: 20 }, () => test.registry.open('many')))
    const [again, fresh] = await Promise.all([test.registry.open('many'), test.registry.refresh('many')])
    expect(fresh.schema.hash).toBe(again.schema.hash)
    const answers = await Promise.all(opened.map((database, index) => rows(database, `SELECT ${index}`)))
    expect(answers).toEqual(opened.map((_, index) => [[index]]))
  })

  it('lets go of those asked least recently, which still work', async () => {
    const small = openTestRegistry({ maxOpen: 2 })
    try {
      const names = ['a', 'b', 'c', 'd']
      for (const name of names) await small.registry.addUpload([fileAt(small.make(`${name}.db`, shop))], { name })
      const opened = await Promise.all(names.map((name) => small.registry.open(name)))
      for (const database of opened) expect(await rows(database, 'SELECT 1')).toEqual([[1]])
    } finally {
      await small.close()
    }
  })

  it('opens a file that is not registered, a table too', async () => {
    const database = await test.registry.openFile(test.make('loose.db', shop))
    expect(await rows(database, 'SELECT name FROM customers WHERE id = 1')).toEqual([['Ann']])
    const csv = test.write('loose.csv', 'id,city\n1,Paris\n')
    const table = await test.registry.openFile(csv)
    expect(table.record.name).toBe('loose')
    expect(Date.parse(table.record.dataAsOf)).toBe(Math.floor(statSync(csv).mtimeMs))
    expect(await rows(table, 'SELECT city FROM loose')).toEqual([['Paris']])
    appendFileSync(csv, '2,Rome\n')
    expect(await rows(await test.registry.openFile(csv), 'SELECT city FROM loose')).toEqual([['Paris'], ['Rome']])
    expect(test.registry.list()).toEqual([])
  })

  it('describes tables when a view never ends', async () => {
    const impatient = openTestRegistry({ introspectMs: 1500 })
    try {
      const path = impatient.make(
        'bomb.db',
        `${shop}; CREATE VIEW bomb AS
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) AS s FROM n`,
      )
      const { warnings } = await impatient.registry.addUpload([fileAt(path)])
      expect(warnings).toEqual([expect.stringContaining('views')])
      const { schema } = await impatient.registry.open('bomb')
      expect(schema.tables.map(({ name, rowCount }) => [name, rowCount])).toEqual([
        ['customers', 2],
        ['bomb', null],
      ])
    } finally {
      await impatient.close()
    }
  })

  it('reads a database again when asked to', async () => {
    const path = test.make('refresh.db', shop)
    await test.registry.addPath(path)
    const before = await test.registry.open('refresh')
    expect((await test.registry.refresh('refresh')).schema).toEqual(before.schema)
    expect((await test.registry.refresh('refresh')).schema).not.toBe(before.schema)
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
    const { openRegistry } = await import('./registry.ts')
    const again = openRegistry({ records: crashed.state.databases, dataDir: crashed.dataDir, sandbox: crashed.sandbox })
    expect(crashed.kept()).toEqual([])
    await again.close()
  } finally {
    await crashed.close()
  }
})
