import Database from 'better-sqlite3'
import { isWord, tokenize, withoutComments } from '#databases/gate/sql-tokens.ts'
import { connectTo } from '#databases/sandbox/connections.ts'
import { openReadOnly } from '#databases/sandbox/open-read-only.ts'
import type { SqlValue } from '#databases/schema/schema.ts'
import { prepareLenient } from './prepare-lenient.ts'

export type Fetched = { rows: SqlValue[][] } | { message: string }

export type FetchOptions = {
  /** More rows than these are not read: whoever compares knows enough. */
  maxRows?: number
  /** What writes, or does nothing, gives no rows, as it does to the reference; it is never run. */
  likeReference: boolean
}

/** Runs one statement read-only, inside a scoring process. Integers come as bigint, so that 1 can be told from 1.0. */
export function fetchRows(
  path: string,
  sql: string,
  { maxRows = Number.POSITIVE_INFINITY, likeReference }: FetchOptions,
): Fetched {
  try {
    const query = sql.replace(CURRENT_YEAR, '2020')
    if (query.includes('\0')) return { message: 'The statement holds a NUL character.' }
    const [first] = withoutComments(tokenize(query))
    if (isWord(first, 'SELECT', 'WITH', 'VALUES')) return readRows(connectTo(path, []), query, maxRows, likeReference)
    return likeReference ? readOther(path, query) : { message: 'Only statements that read can be run.' }
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code !== 'SQLITE_NOMEM') return { message: error.message }
    if (error instanceof RangeError || error instanceof TypeError) return { message: error.message }
    throw error
  }
}

// The reference puts a year in the place of MySQL's way of asking for it.
const CURRENT_YEAR = /YEAR\s*\(\s*CURDATE\s*\(\s*\)\s*\)\s*/gi

function readRows(connection: Database.Database, sql: string, maxRows: number, likeReference: boolean): Fetched {
  const statement = prepareLenient(connection, sql)
  if (!statement.readonly) return likeReference ? { rows: [] } : { message: 'Only statements that read can be run.' }
  const raw = statement.raw()
  if (maxRows === Number.POSITIVE_INFINITY) return { rows: raw.all() as SqlValue[][] }
  const rows: SqlValue[][] = []
  for (const row of raw.iterate()) {
    rows.push(row as SqlValue[])
    if (rows.length >= maxRows) break
  }
  return { rows }
}

/** PRAGMA, EXPLAIN and whatever writes, on a connection of its own, since settings stay with a connection. */
function readOther(path: string, sql: string): Fetched {
  const connection = openReadOnly(path)
  try {
    const statement = prepareLenient(connection, sql)
    if (!statement.reader || !statement.readonly) return { rows: [] }
    return { rows: statement.raw().all() as SqlValue[][] }
  } catch (error) {
    if (error instanceof RangeError && /no statements/.test(error.message)) return { rows: [] }
    throw error
  } finally {
    connection.close()
  }
}
