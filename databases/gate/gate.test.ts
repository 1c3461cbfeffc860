import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { gate } from './gate.ts'
import { makeShop } from './testing/shop-schema.ts'
import { validStatements } from './testing/valid-statements.ts'

const { connection, schema } = makeShop()
afterAll(() => connection.close())

function prepared(sql: string) {
  const statement = connection.prepare(sql)
  return { reader: statement.reader, readonly: statement.readonly }
}

describe('what is let through', () => {
  it.each(validStatements)('%s', (sql) => {
    const verdict = gate(sql, schema)
    expect(verdict).toMatchObject({ ok: true, notes: [] })
    if (verdict.ok) expect(prepared(verdict.sql)).toEqual({ reader: true, readonly: true })
  })

  it('keeps the statement byte for byte, but for the end of it', () => {
    const sql = 'SELECT\tname -- who\n  FROM /* all */ customers  ;  -- end'
    expect(gate(sql, schema)).toEqual({ ok: true, sql: sql.slice(0, sql.indexOf(';')), notes: [] })
  })
})

describe('what is refused', () => {
  it.each([
    ['', 'rejected'],
    [' ; ', 'rejected'],
    ['-- nothing', 'rejected'],
    ['DELETE FROM customers', 'refused'],
    ['EXPLAIN SELECT 1', 'refused'],
    ['PRAGMA table_info(customers)', 'refused'],
    ['SELECT 1; SELECT 2', 'refused'],
    ['SELECT 1; -- then\nDELETE FROM customers', 'refused'],
    ['WITH t AS (SELECT 1) DELETE FROM customers', 'refused'],
    ['WITH t AS (SELECT 1) INSERT INTO customers SELECT 1, 2, 3, 4, 5 RETURNING id', 'refused'],
    ['SELECT * FROM main.customers', 'refused'],
    ['SELECT * FROM customers WHERE id IN main.vip', 'refused'],
    ["SELECT * FROM customers WHERE name IN 'sqlite_temp_master'", 'rejected'],
    ["SELECT * FROM customers WHERE name NOT IN/**/'customers'", 'rejected'],
    ['SELECT main.customers.name FROM customers', 'refused'],
    ['SELECT * FROM "main" . [customers]', 'refused'],
    ['SELECT * FROM sqlite_master', 'refused'],
    ['SELECT * FROM "SQLITE_schema"', 'refused'],
    ["SELECT * FROM pragma_table_info('customers')", 'refused'],
    ['SELECT * FROM pragma_database_list', 'refused'],
    ['SELECT * FROM dbstat', 'refused'],
    ["SELECT load_extension('x')", 'refused'],
    ['SELECT "load_extension"(\'x\')', 'refused'],
    ["SELECT load_extension/**/('x')", 'refused'],
    ['SELECT 1, load_extension(name) AS materialized FROM customers', 'refused'],
    ["SELECT writefile('/tmp/x', name) FROM customers", 'refused'],
    ['SELECT * FROM customers WHERE zeroblob(1000000000) = 1', 'refused'],
    ['SELECT year(born) FROM customers', 'rejected'],
    ['SELECT ?1', 'rejected'],
    ['SELECT * FROM customers WHERE name = :name', 'rejected'],
    ['SELECT \0 1', 'refused'],
    ["SELECT 'a\0b'", 'refused'],
    ["SELECT 'open", 'rejected'],
    ['SELEC name FROM customers', 'refused'],
    ['SELECT FROM WHERE', 'rejected'],
    [`SELECT ${'('.repeat(200)}1${')'.repeat(200)}`, 'refused'],
    [`SELECT ${'1+'.repeat(20_000)}1`, 'refused'],
    [`SELECT ${'not '.repeat(3000)}1`, 'refused'],
    [`SELECT '${'x'.repeat(60_000)}'`, 'refused'],
    [`SELECT 1 FROM customers${' JOIN customers'.repeat(64)}`, 'refused'],
  ])('%s', (sql, kind) => {
    expect(gate(sql, schema)).toMatchObject({ ok: false, kind, message: expect.stringMatching(/\S{2}/) })
  })
})

describe('names that the database does not have', () => {
  it.each([
    ['SELECT * FROM clients', { name: 'clients', kind: 'table' }],
    ['SELECT surname FROM customers', { name: 'surname', kind: 'column' }],
    ['SELECT c.surname FROM customers c', { name: 'surname', kind: 'column', table: 'c' }],
    ['SELECT customers.name FROM customers c', { name: 'name', kind: 'column', table: 'customers' }],
    ['SELECT x.name FROM customers c', { name: 'name', kind: 'column', table: 'x' }],
    ['SELECT total FROM customers', { name: 'total', kind: 'column' }],
    ['SELECT name FROM customers ORDER BY age', { name: 'age', kind: 'column' }],
    ['SELECT name FROM customers WHERE "age" > 5', { name: 'age', kind: 'column' }],
    ['SELECT name AS n, upper(n) FROM customers', { name: 'n', kind: 'column' }],
    ['SELECT name FROM customers GROUP BY "land"', { name: 'land', kind: 'column' }],
    ['SELECT "Full Name of it" FROM customers', { name: 'Full Name of it', kind: 'column' }],
    ['SELECT lower("France") FROM customers', { name: 'France', kind: 'column' }],
    ['SELECT * FROM customers WHERE "Land" = \'France\'', { name: 'Land', kind: 'column' }],
    ['SELECT * FROM customers WHERE [France] = country', { name: 'France', kind: 'column' }],
    ['SELECT * FROM customers WHERE country = France', { name: 'France', kind: 'column' }],
    ['SELECT * FROM customers c WHERE c.country = c."France"', { name: 'France', kind: 'column', table: 'c' }],
    ['SELECT a.x FROM (SELECT name FROM customers) a', { name: 'x', kind: 'column', table: 'a' }],
    ['WITH t(a) AS (SELECT id FROM customers) SELECT id FROM t', { name: 'id', kind: 'column' }],
    ['SELECT (SELECT total FROM customers) FROM customers', { name: 'total', kind: 'column' }],
    ['SELECT * FROM customers JOIN (SELECT customers.id) AS k', { name: 'id', kind: 'column', table: 'customers' }],
    ['SELECT * FROM json_each(tags)', { name: 'tags', kind: 'column' }],
    ['SELECT name FROM customers UNION SELECT nme FROM customers', { name: 'nme', kind: 'column' }],
    ['SELECT date_trunc(born) FROM customers', { name: 'date_trunc', kind: 'function' }],
    ['SELECT * FROM customers WHERE id IN clients', { name: 'clients', kind: 'table' }],
  ])('%s', (sql, unknown) => {
    expect(gate(sql, schema)).toMatchObject({ ok: false, kind: 'rejected', unknown })
    expect(() => connection.prepare(sql)).toThrow(/no such|unable to use function/)
  })
})

describe('double quotes around what is no column', () => {
  it.each([
    ['SELECT name FROM customers WHERE country = "France"', "SELECT name FROM customers WHERE country = 'France'"],
    ['SELECT name FROM customers WHERE "France" = country', "SELECT name FROM customers WHERE 'France' = country"],
    ['SELECT 1 FROM customers WHERE name LIKE "%n\'n%"', "SELECT 1 FROM customers WHERE name LIKE '%n''n%'"],
    ['SELECT 1 FROM customers WHERE name = "a ""b"""', 'SELECT 1 FROM customers WHERE name = \'a "b"\''],
    ['SELECT 1 FROM customers WHERE name IN ("a", "b")', "SELECT 1 FROM customers WHERE name IN ('a', 'b')"],
    [
      'SELECT 1 FROM orders WHERE placed BETWEEN "2026" AND "2027"',
      "SELECT 1 FROM orders WHERE placed BETWEEN '2026' AND '2027'",
    ],
    ['SELECT 1 FROM customers WHERE NOT name LIKE "A"', "SELECT 1 FROM customers WHERE NOT name LIKE 'A'"],
    ['SELECT \'😀\' FROM customers WHERE name <> "😀" /*é*/', "SELECT '😀' FROM customers WHERE name <> '😀' /*é*/"],
    [
      'SELECT 1 FROM customers GROUP BY country HAVING max(name) > "A"',
      "SELECT 1 FROM customers GROUP BY country HAVING max(name) > 'A'",
    ],
    [
      'SELECT CASE country WHEN "France" THEN 1 END FROM customers',
      "SELECT CASE country WHEN 'France' THEN 1 END FROM customers",
    ],
    [
      'SELECT 1 FROM customers WHERE name = "x" AND id = (SELECT 1 WHERE country = "y")',
      "SELECT 1 FROM customers WHERE name = 'x' AND id = (SELECT 1 WHERE country = 'y')",
    ],
  ])('%s', (sql, expected) => {
    const verdict = gate(sql, schema)
    expect(verdict).toMatchObject({ ok: true, sql: expected })
    expect(verdict.ok && verdict.notes.length).toBeGreaterThan(0)
    expect(prepared(expected).reader).toBe(true)
  })

  it('leaves a double-quoted column a column', () => {
    const sql = 'SELECT name FROM customers WHERE "country" = "full name"'
    expect(gate(sql, schema)).toEqual({ ok: true, sql, notes: [] })
  })

  it('says what it did', () => {
    expect(gate('SELECT 1 FROM customers WHERE country = "France"', schema)).toMatchObject({
      notes: ['"France" is no column here: it was compared as text, like \'France\'.'],
    })
  })
})

describe('any text at all', () => {
  const stars = (count: number) => Array(count).fill('*').join()

  it.each([
    `SELECT ${'NOT a + '.repeat(3300)}1`,
    `SELECT ${'NOT '.repeat(9000)}1`,
    `SELECT ${', f('.repeat(3000)}`,
    `SELECT 1 IN (${'"a",'.repeat(4900)}1)`,
    `SELECT 1 WHERE ${'NOT a LIKE b AND '.repeat(1900)}1`,
    `WITH ${Array.from({ length: 900 }, (_, n) => `a${n} AS (SELECT * FROM a${n + 1})`).join()} SELECT * FROM a0`,
    `SELECT ${'/*'.repeat(20_000)}`,
    `SELECT * FROM customers ${'JOIN customers '.repeat(3000)}`,
    `WITH a AS (SELECT ${stars(250)} FROM customers), b AS (SELECT ${stars(200)} FROM a) SELECT 1 FROM (SELECT ${stars(2000)} FROM b)`,
    `WITH ${Array.from({ length: 40 }, (_, n) => `a${n} AS (SELECT * FROM ${n ? `a${n - 1} x, a${n - 1} y` : 'customers'})`).join()} SELECT * FROM a39`,
    `WITH a AS (SELECT ${stars(20)} FROM customers), b AS (SELECT ${stars(20)} FROM a) SELECT ${'nope,'.repeat(4000)}1 FROM b${', b'.repeat(63)}`,
  ])('takes little time, however long: %.30s', (sql) => {
    const before = process.cpuUsage()
    gate(sql, schema)
    const { user, system } = process.cpuUsage(before)
    expect(user + system).toBeLessThan(3_000_000)
  })

  const words = `select from where and or not in like between ( ) , ; . * = 'x' "x" customers c.name name "France" orders
    union with as t join on using order by limit case when end null 1 -- /* */ [ ] \` ' " exists values distinct group having
    over partition 😀 \ud800 \u0000 é pragma delete insert attach main. sqlite_master count( max( load_extension( json_each(`
  const soup = fc.array(fc.constantFrom(...words.split(/\s+/)), { maxLength: 25 }).map((some) => some.join(' '))

  it('never throws, and what SQLite then prepares only reads', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          soup,
          fc.string(),
          fc.string({ unit: 'binary' }),
          soup.map((text) => `SELECT ${text}`),
        ),
        (sql) => {
          const verdict = gate(sql, schema)
          if (!verdict.ok) return verdict.message.length > 0
          try {
            return prepared(verdict.sql).readonly
          } catch {
            return true
          }
        },
      ),
      { numRuns: 600, seed: 11 },
    )
  })
})
