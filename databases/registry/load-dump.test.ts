import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DatabaseError } from '../database-error.ts'
import { loadDump } from './load-dump.ts'

let folder: string
let made = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dump-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function load(dump: string, query = 'SELECT 1') {
  const [path, out] = [join(folder, `${made}.sql`), join(folder, `${made++}.sqlite`)]
  writeFileSync(path, dump)
  const { warnings } = loadDump({ files: [{ path, name: 'dump.sql' }], out, maxBytes: 1e8 })
  const db = new SQLite(out, { readonly: true })
  const rows = db.prepare(query).raw().all()
  db.close()
  return { warnings, rows }
}

function failure(dump: string): DatabaseError {
  try {
    load(dump)
  } catch (error) {
    if (error instanceof DatabaseError) return error
    throw error
  }
  throw new Error('nothing failed')
}

it('loads what sqlite3 .dump writes', () => {
  const { rows, warnings } = load(
    `PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "order" (id INTEGER PRIMARY KEY AUTOINCREMENT, note TEXT, data BLOB, n REAL, c REFERENCES later);
INSERT INTO "order" VALUES(1,'it''s; -- fine',X'00ff',1.5,7);
INSERT INTO "order" VALUES(2,replace('a\\nb','\\n',char(10)),NULL,-9.0e+999,NULL);
CREATE TABLE later (id INTEGER PRIMARY KEY);
INSERT INTO sqlite_sequence VALUES('order',2);
CREATE UNIQUE INDEX by_note ON "order" (note);
CREATE VIEW notes AS SELECT note FROM "order";
CREATE TRIGGER t AFTER INSERT ON later BEGIN DELETE FROM "order"; SELECT CASE WHEN 1 THEN 2 END; END;
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 VALUES('order','by_note','2 1');
COMMIT;`,
    'SELECT note FROM notes ORDER BY note DESC',
  )
  expect(rows).toEqual([["it's; -- fine"], ['a\nb']])
  expect(warnings).toEqual(['dump.sql: skipped create trigger.'])
})

it('leaves full-text tables out with a warning', () => {
  const { warnings } = load(`CREATE TABLE t (a); PRAGMA writable_schema=ON;
    INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql) VALUES('table','f','f',0,'CREATE VIRTUAL TABLE f USING fts5(a)');`)
  expect(warnings).toEqual(["dump.sql: skipped SQLite's own tables."])
})

describe('refuses', () => {
  const canary = join(tmpdir(), `rowbot-canary-${process.pid}`)
  it.each([
    `ATTACH DATABASE '${canary}' AS x`,
    `VACUUM INTO '${canary}'`,
    'DROP TABLE t',
    'DELETE FROM t',
    'UPDATE t SET a = 1',
    'ALTER TABLE t RENAME TO u',
    'CREATE VIRTUAL TABLE v USING fts5(a)',
    'DETACH x',
    'REINDEX',
    'SELECT 1',
    `WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x`,
    `/* hidden */ aTtAcH '${canary}' AS x`,
    'ROLLBACK',
  ])('%s', (statement) => {
    const error = failure(`CREATE TABLE t (a);\n${statement};`)
    expect(error).toMatchObject({ code: 'bad-dump', message: expect.stringContaining('line 2') })
    expect(existsSync(canary)).toBe(false)
  })

  it.each([
    ['MySQL', '-- MySQL dump 10.13\n/*!40101 SET NAMES utf8 */;\nCREATE TABLE `t` (`a` int) ENGINE=InnoDB;'],
    ['MySQL', 'CREATE TABLE `t` (\n  `a` int NOT NULL\n) ENGINE=InnoDB DEFAULT CHARSET=utf8;'],
    ['PostgreSQL', '--\n-- PostgreSQL database dump\n--\nSET statement_timeout = 0;'],
    ['SQL Server', 'SET ANSI_NULLS ON\nGO\nCREATE TABLE [dbo].[t] ([a] int)\nGO\n'],
  ])('dumps of %s, with advice', (what, dump) => {
    expect(failure(dump)).toMatchObject({
      code: 'foreign-dump',
      message: expect.stringContaining(what),
      advice: expect.stringContaining('CSV'),
    })
  })

  it('what SQLite does not understand, naming the line', () => {
    expect(failure('CREATE TABLE t (a);\nINSERT INTO t VALUES (1, 2);').message).toMatch(/line 2 .*has 1 columns/)
    expect(failure("CREATE TABLE t (a);\n\nINSERT INTO t VALUES ('never closed;\n").message).toContain('line 3')
  })
})

it('takes a dump that the sqlite3 program wrote', ({ skip }) => {
  try {
    execFileSync('sqlite3', ['--version'])
  } catch {
    return skip('the sqlite3 program is not installed')
  }
  const source = join(folder, 'source.db')
  const db = new SQLite(source)
  db.exec(`CREATE TABLE t (a TEXT, b); INSERT INTO t VALUES ('x' || char(10) || 'y;', 2.5), (NULL, x'ff')`)
  db.close()
  const dump = execFileSync('sqlite3', [source, '.dump'], { encoding: 'utf8' })
  expect(load(dump, 'SELECT a, hex(b) FROM t').rows).toEqual([
    ['x\ny;', '322E35'],
    [null, 'FF'],
  ])
})
