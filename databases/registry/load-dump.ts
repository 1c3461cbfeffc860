import { closeSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import SQLite, { type Database } from 'better-sqlite3'
import { DatabaseError } from '../database-error.ts'
import { fileFailure } from '../file-failure.ts'
import { splitStatements } from '../schema/split-statements.ts'
import { detectEncoding, readText } from './decode-text.ts'
import type { LoadArgs, Loaded } from './load-csv.ts'

/**
 * Makes a SQLite database of SQL dumps as `sqlite3 .dump` writes them. CREATE TABLE, INDEX and VIEW and INSERT are run;
 * transactions, pragmas, triggers and what only concerns SQLite itself are skipped; anything else is an error that
 * names its line, and so are dumps of MySQL and PostgreSQL. To be run in a sandbox process.
 */
export function loadDump({ files, out, maxBytes }: LoadArgs): Loaded {
  const db = new SQLite(out)
  try {
    db.exec(
      'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF',
    )
    db.pragma(`max_page_count = ${Math.ceil(maxBytes / 4096)}`)
    return { warnings: files.flatMap((file) => loadFile(db, file)) }
  } catch (error) {
    throw fileFailure(error, files.map(({ name }) => basename(name)).join(', '))
  } finally {
    db.close()
  }
}

type File = LoadArgs['files'][number]

function loadFile(db: Database, file: File): string[] {
  refuseForeign(file)
  const skipped = new Map<string, number>()
  const load = db.transaction(() => {
    for (const { sql, line } of splitStatements(readText(file.path, detectEncoding(file.path)))) {
      const start = firstWords(sql)
      if (isRun.test(start) && !ownTables.test(start)) runStatement(db, file, sql, line)
      else if (isSkipped.test(start) || ownTables.test(start)) note(skipped, start)
      else throw dumpError(file, line, `"${start.slice(0, 40)}" is not allowed`)
    }
  })
  load()
  return [...skipped].map(([what, count]) => `${file.name}: skipped ${what}${count > 1 ? ` (${count} times)` : ''}.`)
}

const isRun = /^(CREATE (TABLE|(UNIQUE )?INDEX|VIEW)|INSERT|REPLACE INTO)\b/
const isSkipped =
  /^(PRAGMA|BEGIN|COMMIT|END|ANALYZE|SAVEPOINT|RELEASE|CREATE (TEMP |TEMPORARY )?TRIGGER|DROP (TABLE|VIEW|INDEX|TRIGGER) IF EXISTS)\b/
const ownTables = /^(CREATE TABLE( IF NOT EXISTS)?|(INSERT|REPLACE)( OR \w+)? INTO|DELETE FROM) ["'`[]?SQLITE_/
const notWorthSaying = /^(PRAGMA|BEGIN|COMMIT|END|ANALYZE|SAVEPOINT|RELEASE|DROP|.*SQLITE_(SEQUENCE|STAT))/

/** The first words in capitals, comments between them left out. */
function firstWords(sql: string): string {
  return sql
    .slice(0, 400)
    .replace(/\/\*[\s\S]*?\*\/|--[^\n]*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toUpperCase()
}

function note(skipped: Map<string, number>, start: string): void {
  if (notWorthSaying.test(start)) return
  const what = isSkipped.exec(start)?.[0].toLowerCase() ?? "SQLite's own tables"
  skipped.set(what, (skipped.get(what) ?? 0) + 1)
}

function runStatement(db: Database, file: File, sql: string, line: number): void {
  try {
    const statement = db.prepare(sql)
    // INSERT … RETURNING gives rows, and would not run as one that does not.
    if (statement.reader) statement.all()
    else statement.run()
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_FULL') throw error
    throw dumpError(file, line, (error as Error).message, error)
  }
}

function dumpError({ name }: File, line: number, reason: string, cause?: unknown): DatabaseError {
  return new DatabaseError({
    code: 'bad-dump',
    message: `${name} cannot be loaded: the statement at line ${line} fails (${reason}).`,
    advice:
      'A dump holds CREATE TABLE, CREATE INDEX, CREATE VIEW and INSERT. Make one with: sqlite3 FILE .dump > dump.sql, or add the SQLite file itself.',
    cause,
  })
}

const foreign = [
  {
    what: 'MySQL or MariaDB',
    pattern: /^-- (MySQL|MariaDB) dump|\/\*!40\d{3}|^\)\s*ENGINE\s*=|^LOCK TABLES /im,
  },
  {
    what: 'PostgreSQL',
    pattern: /^-- PostgreSQL database dump|^COPY .* FROM stdin;|^SET statement_timeout|pg_catalog\./im,
  },
  { what: 'SQL Server', pattern: /^SET (ANSI_NULLS|QUOTED_IDENTIFIER)|^GO\s*$/im },
]

function refuseForeign({ path, name }: File): void {
  const buffer = Buffer.alloc(64 * 1024)
  const file = openSync(path, 'r')
  const head = buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, 0))
  closeSync(file)
  const dialect = foreign.find(({ pattern }) => pattern.test(head))
  if (!dialect) return
  throw new DatabaseError({
    code: 'foreign-dump',
    message: `${name} is a dump of ${dialect.what}, whose SQL SQLite does not understand.`,
    advice: 'Export the tables as CSV, one file each, and add these together; or convert the dump to SQLite first.',
  })
}
