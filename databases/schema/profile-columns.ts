import type { Database } from 'better-sqlite3'
import { rowidRange } from './count-rows.ts'
import { quoteName } from './quote-name.ts'
import type { TableStructure } from './read-structure.ts'
import type { SqlValue } from './schema.ts'

/** What a look at some rows says about a column. */
export type ColumnProfile = {
  /** Distinct values seen, short enough to be shown, with how often; no more than `maxDistinct`. */
  counts: Map<SqlValue, number>
  kinds: { null: number; number: number; text: number; blob: number }
  /** More distinct values than `counts` holds, or values too long or too broken to show. */
  leavesOut: boolean
  /** Some text is not valid UTF-8. */
  invalidText: boolean
}

export type Profiles = { columns: ColumnProfile[]; rows: number; wholeTable: boolean }

/**
 * Looks at up to `maxRows` rows: at all of them where the table has no more, else at stretches spread evenly over the
 * rowids, so that old and new rows both count. Stops early at `deadline` (milliseconds, as of Date.now).
 */
export function profileColumns(
  db: Database,
  table: TableStructure,
  limits: { rowCount: number | null; maxRows: number; deadline: number },
): Profiles {
  const columns = table.columns.map((): ColumnProfile => {
    const kinds = { null: 0, number: 0, text: 0, blob: 0 }
    return { counts: new Map(), kinds, leavesOut: false, invalidText: false }
  })
  const profiles = { columns, rows: 0, wholeTable: false }
  const small = limits.rowCount !== null && limits.rowCount <= limits.maxRows
  const stretches = small || !table.hasRowid ? [undefined] : spread(rowidRange(db, table.name))
  for (const from of stretches) {
    if (!readStretch(db, table, profiles, { from, rows: Math.ceil(limits.maxRows / stretches.length), ...limits }))
      break
  }
  profiles.wholeTable = limits.rowCount !== null && small && profiles.rows >= limits.rowCount
  return profiles
}

export const maxDistinct = 1000
const maxShownBytes = 200
const stretchCount = 20
const rowsPerClockLook = 64

// Blobs stand for what is not brought over: of no bytes for a blob, of one for a text too long to be a typical value.
const tooLongBytes = 1

function spread([min, max]: [number, number]): number[] {
  return Array.from({ length: stretchCount }, (_, index) => Math.floor(min + ((max - min) * index) / stretchCount))
}

function readStretch(
  db: Database,
  table: TableStructure,
  profiles: Profiles,
  { from, rows, deadline }: { from: number | undefined; rows: number; deadline: number },
): boolean {
  const fields = table.columns.map(({ name }) => {
    const column = quoteName(name)
    const text = `iif(octet_length(${column}) <= ${maxShownBytes}, ${column}, zeroblob(${tooLongBytes}))`
    return `CASE typeof(${column}) WHEN 'text' THEN ${text} WHEN 'blob' THEN zeroblob(0) ELSE ${column} END`
  })
  const where = from === undefined ? '' : `WHERE rowid >= ${BigInt(from)}`
  const sql = `SELECT ${fields.join(', ')} FROM main.${quoteName(table.name)} ${where} LIMIT ${rows}`
  for (const row of db.prepare(sql).raw().safeIntegers(true).iterate() as Iterable<SqlValue[]>) {
    profiles.rows += 1
    for (const [index, column] of profiles.columns.entries()) addValue(column, row[index] ?? null)
    if (profiles.rows % rowsPerClockLook === 0 && Date.now() > deadline) return false
  }
  return true
}

function addValue(column: ColumnProfile, stored: SqlValue): void {
  if (stored === null) column.kinds.null += 1
  else if (stored instanceof Uint8Array) addUnshown(column, stored.length === tooLongBytes ? 'text' : 'blob')
  else if (typeof stored === 'string' && stored.includes('\ufffd')) {
    column.invalidText = true
    addUnshown(column, 'text')
  } else {
    column.kinds[typeof stored === 'string' ? 'text' : 'number'] += 1
    countValue(column, asPlainNumber(stored))
  }
}

function addUnshown(column: ColumnProfile, kind: 'text' | 'blob'): void {
  column.kinds[kind] += 1
  column.leavesOut = true
}

function countValue(column: ColumnProfile, value: SqlValue): void {
  const { counts } = column
  const count = counts.get(value)
  if (count !== undefined || counts.size < maxDistinct) counts.set(value, (count ?? 0) + 1)
  else column.leavesOut = true
}

/** Integers as numbers where that loses nothing. */
export function asPlainNumber(value: SqlValue): SqlValue {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
}
