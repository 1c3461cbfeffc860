import { describe, expect, it } from 'vitest'
import { schemaFromDdl } from './schema-from-ddl.ts'
import { splitStatements } from './split-statements.ts'

describe('schemaFromDdl', () => {
  it('describes tables without data, with comments and keys', () => {
    const schema = schemaFromDdl({
      ddl: `CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT -- as printed; really
      );
      CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INT, total REAL);
      CREATE VIEW big AS SELECT * FROM orders WHERE total > 100;`,
    })
    expect(schema.tables.map(({ name, kind }) => [name, kind])).toEqual([
      ['customers', 'table'],
      ['orders', 'table'],
      ['big', 'view'],
    ])
    expect(schema.tables[0]?.columns[1]?.comment).toBe('as printed; really')
    expect(schema.tables[1]?.foreignKeys).toEqual([
      { columns: ['customer_id'], references: { table: 'customers', columns: ['id'] }, guessed: true },
    ])
  })

  it.each([
    "ATTACH '/tmp/stolen.db' AS x",
    'DROP TABLE t',
    'INSERT INTO t VALUES (1)',
    "VACUUM INTO '/tmp/copy.db'",
    'CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t; END',
    'CREATE VIRTUAL TABLE v USING fts5(a)',
    'PRAGMA writable_schema = ON',
  ])('skips %s', (statement) => {
    const schema = schemaFromDdl({ ddl: `CREATE TABLE t (a INT);\n${statement};` })
    expect(schema.tables.map(({ name, rowCount }) => [name, rowCount])).toEqual([['t', 0]])
    expect(schema.warnings).toEqual([expect.stringContaining('Line 2 ')])
  })

  it("passes over SQLite's own tables, which its shell prints with the others", () => {
    const ddl = 'CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT);\nCREATE TABLE sqlite_sequence(name,seq);'
    const { tables, warnings } = schemaFromDdl({ ddl })
    expect(tables.map(({ name }) => name)).toEqual(['t'])
    expect(warnings).toEqual([])
  })

  it('says which line is wrong', () => {
    expect(() => schemaFromDdl({ ddl: 'CREATE TABLE a (x INT);\n\nCREATE TABLE b (x INT,,);' })).toThrow(
      /Line 3 .*syntax error/,
    )
    expect(() => schemaFromDdl({ ddl: 'What is this?' })).toThrow(/no table/)
    expect(() => schemaFromDdl({ ddl: '' })).toThrow(/no table/)
  })
})

describe('splitStatements', () => {
  const script = `-- a comment; with a semicolon
    CREATE TABLE "a;b" (x TEXT DEFAULT ';', [c;d] INT, \`e;f\` INT /* ; */); INSERT INTO t VALUES ('it''s; fine');;
    CREATE TEMP TRIGGER r AFTER UPDATE ON t BEGIN UPDATE t SET x = CASE WHEN 1 THEN 2 END; DELETE FROM t; END;
    SELECT 1 - - 2 / 3`
  const expected = [
    [2, 'CREATE TABLE "a;b"'],
    [2, 'INSERT INTO t VALU'],
    [3, 'CREATE TEMP TRIGGE'],
    [4, 'SELECT 1 - - 2 / 3'],
  ]
  const summary = (pieces: Iterable<string>) =>
    [...splitStatements(pieces)].map(({ line, sql }) => [line, sql.slice(0, 18)])

  it('minds strings, names, comments and triggers', () => {
    expect(summary([script])).toEqual(expected)
  })

  it('gives the same however the text arrives', () => {
    const whole = [...splitStatements([script])]
    for (const size of [1, 2, 3, 7]) {
      const pieces = script.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? []
      expect([...splitStatements(pieces)]).toEqual(whole)
    }
  })

  it('refuses a statement without end', () => {
    expect(() => [...splitStatements(["SELECT '", 'x'.repeat(2000)], 1000)]).toThrow(RangeError)
  })
})
