import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Schema } from './schema.ts'
import { columnOf, openWorkbench, tableOf } from './testing/look-at.ts'

let bench: ReturnType<typeof openWorkbench>

beforeAll(() => {
  bench = openWorkbench()
})
afterAll(() => bench.close())

describe('values', () => {
  it('lists all values of a column that has few, the frequent ones first, and some of one that has many', () => {
    const schema = bench.look((db) => {
      db.exec('CREATE TABLE t (status TEXT, name TEXT, flag INT)')
      const insert = db.prepare('INSERT INTO t VALUES (?, ?, ?)')
      for (let n = 0; n < 500; n++) insert.run(n % 10 === 0 ? 'open' : 'paid', `name ${n}`, n % 2)
    })
    expect(columnOf(schema, 't', 'status')).toMatchObject({ values: ['paid', 'open'], valuesComplete: true })
    expect(columnOf(schema, 't', 'flag')).toMatchObject({
      values: [0, 1],
      valuesComplete: true,
      range: { min: 0, max: 1 },
    })
    const name = columnOf(schema, 't', 'name')
    expect(name.valuesComplete).toBe(false)
    expect(name.values.length).toBeGreaterThan(2)
  })

  it('tells whether a column has gaps, unless it could not look at every row', () => {
    const schema = bench.look((db) => {
      db.exec('CREATE TABLE few (a TEXT, b TEXT)')
      db.exec("INSERT INTO few VALUES ('x', NULL), ('y', 'z')")
      db.exec('CREATE TABLE many (a TEXT, b TEXT)')
      const insert = db.prepare('INSERT INTO many VALUES (?, ?)')
      for (let n = 1; n <= 30_000; n++) insert.run('x', n % 2 === 0 ? 'y' : null)
    })
    const gaps = (table: string) => ['a', 'b'].map((name) => columnOf(schema, table, name).hasNulls)
    expect(gaps('few')).toEqual([false, true])
    expect(gaps('many')).toEqual([undefined, true])
  })

  it('finds rare values and exact ranges in a table too large to be sampled whole', () => {
    const schema = bench.look((db) => {
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
    expect(tableOf(schema, 't').rowCount).toBe(30_000)
    expect(columnOf(schema, 't', 'status')).toMatchObject({ values: ['paid', 'lost'], valuesComplete: true })
    expect(columnOf(schema, 't', 'amount').range).toEqual({ min: -5.5, max: 30_000 })
    expect(columnOf(schema, 't', 'day')).toMatchObject({
      dateFormat: 'date',
      range: { min: '2024-05-06', max: '2031-01-02' },
    })
    expect(columnOf(schema, 't', 'id').range).toEqual({ min: 1, max: 30_000 })
  })

  it('takes numbers of what happened for years where they can be', () => {
    const schema = bench.look(`
      CREATE TABLE t (founded INT, "Year Built" TEXT, season INT, released INT, opened INT);
      INSERT INTO t VALUES (1789, '1947', 2010, 1999, 17), (1947, '2001', 2011, 3400, 2004)`)
    const formats = tableOf(schema, 't').columns.map(({ dateFormat }) => dateFormat)
    expect(formats).toEqual(['year', 'year', 'year', undefined, undefined])
  })

  it('tells how dates are stored', () => {
    const schema = bench.look(`
      CREATE TABLE t (day TEXT, moment TEXT, created_at INT, updatedAt INT, release_year INT, population INT, code TEXT);
      INSERT INTO t VALUES ('2024-01-31', '2024-01-31T10:00:00Z', 1700000000, 1700000000000, 1999, 1700000000, '2024-99-99'),
        ('2023-01-31', '2024-02-01 10:00', 1700000001, 1700000000001, 2001, 17, '2024-01-31'), ('', NULL, NULL, NULL, NULL, NULL, 'x')`)
    expect(tableOf(schema, 't').columns.map(({ dateFormat }) => dateFormat)).toEqual([
      'date',
      'datetime',
      'epoch-seconds',
      'epoch-milliseconds',
      'year',
      undefined,
      undefined,
    ])
    expect(columnOf(schema, 't', 'day').range).toEqual({ min: '2023-01-31', max: '2024-01-31' })
  })

  it('keeps 64-bit integers exact and leaves blobs, long and invalid text out of the values', () => {
    const schema = bench.look((db) => {
      db.exec('CREATE TABLE t (big INT, blob BLOB, long TEXT, latin TEXT)')
      db.prepare(`INSERT INTO t VALUES (9223372036854775807, x'00ff', ?, CAST(x'4dfc6e' AS TEXT))`).run(
        'x'.repeat(5000),
      )
    })
    expect(columnOf(schema, 't', 'big')).toMatchObject({
      values: [9223372036854775807n],
      range: { max: 9223372036854775807n },
    })
    for (const name of ['blob', 'long', 'latin']) {
      expect(columnOf(schema, 't', name)).toMatchObject({ values: [], valuesComplete: false })
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
    const schema = bench.look(`${shop}
      CREATE TABLE orders (id INTEGER PRIMARY KEY, customerId INT, category_code TEXT, total INT);
      INSERT INTO orders VALUES (1, 2, 'x', 1), (2, 1, NULL, 2)`)
    expect(guesses(schema)).toEqual([
      ['orders', 'customerId', 'customers', true],
      ['orders', 'category_code', 'categories', true],
    ])
  })

  it('need every value to be there, and leave declared keys alone', () => {
    const schema = bench.look(`${shop}
      CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INT, category_code TEXT REFERENCES categories);
      INSERT INTO orders VALUES (1, 3, 'x')`)
    expect(guesses(schema)).toEqual([['orders', 'category_code', 'categories', false]])
  })

  it('are not made where two tables would do', () => {
    const schema = bench.look(`
      CREATE TABLE a (ref INT PRIMARY KEY); CREATE TABLE b (ref INT PRIMARY KEY); CREATE TABLE c (ref INT);
      INSERT INTO a VALUES (1); INSERT INTO b VALUES (1); INSERT INTO c VALUES (1)`)
    expect(guesses(schema).filter(([from]) => from === 'c')).toEqual([])
  })

  it('work without a declared key where the values are distinct', () => {
    const schema = bench.look(`
      CREATE TABLE teams (team_id INT, name TEXT); INSERT INTO teams VALUES (7, 'x'), (8, 'y');
      CREATE TABLE games (no INT, team_id INT); INSERT INTO games VALUES (1, 7), (2, 7), (3, 8)`)
    expect(guesses(schema)).toEqual([['games', 'team_id', 'teams', true]])
  })
})
