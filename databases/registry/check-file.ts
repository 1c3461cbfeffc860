import { closeSync, openSync, readSync, statSync } from 'node:fs'
import SQLite, { type Database } from 'better-sqlite3'
import { DatabaseError } from '../database-error.ts'
import { fileFailure } from '../file-failure.ts'
import { quoteName } from '../schema/quote-name.ts'
import { checkObjects } from './check-objects.ts'

export type CheckFileArgs = {
  /** A copy that is ours: it is changed where that makes it safe or simple to read. */
  path: string
  /** What the person calls the file. */
  name: string
}

/** What was changed in the copy or is odd about it, in words. */
export type CheckedFile = { warnings: string[] }

/**
 * Looks an uploaded SQLite file over before anything else opens it: that it is whole, that SQLite finds its pages in
 * order, and that its schema holds nothing that could act on its own or lie about what is where. A write-ahead log
 * beside it is merged into it; triggers are removed. Throws a DatabaseError: file-truncated, file-damaged,
 * hostile-schema, no-tables … To be run in a sandbox process.
 */
export function checkFile({ path, name }: CheckFileArgs): CheckedFile {
  refuseTruncated(path, name)
  let db: Database | undefined
  try {
    db = new SQLite(path, { fileMustExist: true })
    db.defaultSafeIntegers(false)
    db.exec(
      'PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY',
    )
    // Reads the schema, and merges a write-ahead log; from here on it is one file that nobody writes.
    db.pragma('journal_mode = DELETE')
    const { triggers, tables } = checkObjects(db, name)
    if (tables === 0) throw emptyDatabase(name)
    const warnings = checkPages(db, name)
    for (const trigger of triggers) db.exec(`DROP TRIGGER ${quoteName(trigger)}`)
    return { warnings: triggers.length === 0 ? warnings : [...warnings, aboutTriggers(triggers)] }
  } catch (error) {
    throw fileFailure(error, name)
  } finally {
    db?.close()
  }
}

/** The header says how many pages there are; SQLite itself may overlook that the last ones are missing. */
function refuseTruncated(path: string, name: string): void {
  const header = Buffer.alloc(100)
  const file = openSync(path, 'r')
  try {
    readSync(file, header, 0, header.length, 0)
  } finally {
    closeSync(file)
  }
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
  // The number counts only if these two agree (https://www.sqlite.org/fileformat2.html, 1.3.7).
  const isCounted = header.readUInt32BE(24) === header.readUInt32BE(92)
  const expected = isCounted ? header.readUInt32BE(28) * pageBytes : pageBytes
  const { size } = statSync(path)
  if (size >= expected) return
  throw new DatabaseError({
    code: 'file-truncated',
    message: `${name} is cut off: it should have ${expected} bytes and has ${size}.`,
    advice: 'Copy it again from its origin, and wait until the copy is complete.',
  })
}

// Rows that break the promises of their table's definition are the owner's affair, and can be read all the same.
const isAboutContent = /^(NULL value in|CHECK constraint failed|(non-\w+|NUMERIC|TEXT|REAL|INT|INTEGER|BLOB) value in)/

function checkPages(db: Database, name: string): string[] {
  const found = db.prepare('PRAGMA quick_check(20)').pluck().all() as string[]
  const problems = found.filter((line) => line !== 'ok')
  const damage = problems.filter((line) => !isAboutContent.test(line))
  if (damage.length === 0) return problems.slice(0, 3).map((line) => `${name}: ${line}.`)
  throw new DatabaseError({
    code: 'file-damaged',
    message: `${name} is damaged: ${damage[0]}.`,
    advice: 'Copy it again from its origin, or rescue what can be read with: sqlite3 FILE .recover',
  })
}

function aboutTriggers(triggers: string[]): string {
  return `Triggers were removed from Rowbot's copy, which is never written to: ${triggers.slice(0, 5).join(', ')}.`
}

function emptyDatabase(name: string): DatabaseError {
  const message = `${name} is a SQLite database without a single table.`
  return new DatabaseError({
    code: 'no-tables',
    message,
    advice: 'Check that it is the right file: there is nothing to ask about.',
  })
}
