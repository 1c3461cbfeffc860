import Database from 'better-sqlite3'
import { isWord, tokenize, withoutComments } from '../gate/sql-tokens.ts'
import type { SqlValue } from '../schema/schema.ts'
import { connectTo } from './connections.ts'
import type { SensitiveColumn } from './executor.ts'
import { OutOfMemory } from './out-of-memory.ts'
import type { QueryOutcome } from './query-outcome.ts'
import { withoutSecrets } from './secret-name.ts'

export type QueryArgs = {
  path: string
  sql: string
  sensitive?: SensitiveColumn[]
  maxRows: number
  maxBytes: number
}

/** Runs one statement read-only, inside a sandbox process, and gives its rows within the limits. */
export function runQuery({ path, sql, sensitive = [], maxRows, maxBytes }: QueryArgs): QueryOutcome {
  try {
    const statement = connectTo(path, sensitive).prepare<[], unknown[]>(sql)
    if (!statement.reader || !statement.readonly || !startsAsQuery(sql)) {
      return { kind: 'refused', message: 'Only statements that read can be run.' }
    }
    return readRows(statement.raw(), maxRows, maxBytes)
  } catch (error) {
    return asOutcome(error)
  }
}

// PRAGMA and EXPLAIN read as well, in SQLite's own view.
function startsAsQuery(sql: string): boolean {
  return isWord(withoutComments(tokenize(sql))[0], 'SELECT', 'WITH', 'VALUES')
}

function readRows(statement: Database.Statement<[], unknown[]>, maxRows: number, maxBytes: number): QueryOutcome {
  const columns = statement.columns().map(({ name }) => name)
  const rows: SqlValue[][] = []
  let bytes = 0
  let truncated = false
  for (const raw of statement.iterate()) {
    const row = (raw as SqlValue[]).map(narrow)
    bytes += sizeOf(row)
    truncated = rows.length >= maxRows || bytes > maxBytes
    if (truncated) break
    rows.push(row)
  }
  if (truncated && rows.length === 0 && maxRows > 0) {
    return { kind: 'rejected', message: `A single row is larger than the ${maxBytes} bytes that a result may have.` }
  }
  return { kind: 'rows', columns, rows, truncated }
}

function narrow(value: SqlValue): SqlValue {
  if (value instanceof Uint8Array) return new Uint8Array(value)
  if (typeof value !== 'bigint') return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function sizeOf(row: SqlValue[]): number {
  let bytes = 0
  for (const value of row) {
    if (typeof value === 'string') bytes += 2 * value.length
    else if (value instanceof Uint8Array) bytes += value.byteLength
    bytes += 8
  }
  return bytes
}

function asOutcome(error: unknown): QueryOutcome {
  if (error instanceof Database.SqliteError) return outcomeOf(error.code, withoutSecrets(error.message), error)
  if (error instanceof RangeError && /more than one statement/.test(error.message)) {
    return { kind: 'refused', message: 'Only one statement can be run.' }
  }
  if (error instanceof RangeError || error instanceof TypeError) return { kind: 'rejected', message: error.message }
  throw error
}

function outcomeOf(code: string, message: string, cause: Error): QueryOutcome {
  if (code === 'SQLITE_NOMEM') throw new OutOfMemory(cause)
  if (/^SQLITE_(CORRUPT|NOTADB|IOERR|CANTOPEN|PROTOCOL|READONLY)/.test(code)) {
    const advice = 'Check the file, or replace it with a sound copy.'
    return { kind: 'crashed', message: `The database file cannot be read: ${message}. ${advice}` }
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return { kind: 'crashed', message: `Another program has locked the database: ${message}. Ask again in a moment.` }
  }
  return { kind: 'rejected', message }
}
