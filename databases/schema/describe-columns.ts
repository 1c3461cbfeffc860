import type { Database } from 'better-sqlite3'
import { detectDateFormat } from './date-format.ts'
import type { ColumnProfile, Profiles } from './profile-columns.ts'
import { quoteName } from './quote-name.ts'
import { readRanges } from './read-ranges.ts'
import type { TableStructure } from './read-structure.ts'
import type { Column, SqlValue } from './schema.ts'

/** Cells (rows times columns) that may still be read in passes over whole tables. */
export type ScanBudget = { cells: number }

/**
 * A table's columns with what their values tell. Where the profiles saw only some rows, the columns that look as if
 * they had few values, and the ranges, are looked up over all rows while the budget lasts.
 */
export function describeColumns(
  db: Database,
  table: TableStructure,
  profiles: Profiles,
  look: { rowCount: number | null; budget: ScanBudget; deadline: number },
): Column[] {
  const columns = table.columns.map((column, index): Column => {
    const profile = profiles.columns[index]
    if (!profile) return { ...column, values: [], valuesComplete: false }
    const seen = [...profile.counts.keys()]
    const dateFormat = detectDateFormat({ name: column.name, type: column.type, values: seen })
    const values = chooseValues(profile, profiles.wholeTable, dateFormat !== undefined)
    const isKnown = profiles.wholeTable || profile.kinds.null > 0
    return {
      ...column,
      ...values,
      ...(dateFormat === undefined ? {} : { dateFormat }),
      ...(isKnown ? { hasNulls: profile.kinds.null > 0 } : {}),
    }
  })
  if (!profiles.wholeTable) completeValues(db, table, columns, profiles, look)
  const ranges = readRanges(db, table, columns, profiles, look)
  return columns.map((column) => {
    const range = ranges.get(column.name)
    return range === undefined ? column : { ...column, range }
  })
}

// Few enough to be listed to a model and to a person.
const maxListed = { text: 50, number: 12 }
const maxTypical = { text: 8, number: 5 }

function chooseValues(profile: ColumnProfile, wholeTable: boolean, isDate: boolean) {
  const kind = isText(profile) ? 'text' : 'number'
  const few = !profile.leavesOut && profile.counts.size <= (isDate ? maxListed.number : maxListed[kind])
  const valuesComplete = wholeTable && few
  const values = byFrequency(profile.counts)
  return { values: valuesComplete ? values : values.slice(0, maxTypical[kind]), valuesComplete }
}

function isText({ kinds }: ColumnProfile): boolean {
  return kinds.text > 0 && kinds.text >= kinds.number
}

function byFrequency(counts: Map<SqlValue, number>): SqlValue[] {
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value)
}

function completeValues(
  db: Database,
  table: TableStructure,
  columns: Column[],
  profiles: Profiles,
  look: { rowCount: number | null; budget: ScanBudget; deadline: number },
): void {
  for (const [index, column] of columns.entries()) {
    const profile = profiles.columns[index]
    const cost = look.rowCount ?? Number.POSITIVE_INFINITY
    const isCandidate = profile && isText(profile) && !profile.leavesOut && profile.counts.size <= maxListed.text
    if (!isCandidate || cost > look.budget.cells || Date.now() > look.deadline || column.dateFormat) continue
    look.budget.cells -= cost
    const all = readDistinct(db, table.name, column.name)
    if (all === undefined) continue
    const seen = byFrequency(profile.counts)
    column.values = [...seen, ...all.filter((value) => !profile.counts.has(value))]
    column.valuesComplete = true
  }
}

function readDistinct(db: Database, table: string, column: string): SqlValue[] | undefined {
  const name = quoteName(column)
  const sql = `SELECT DISTINCT ${name} FROM main.${quoteName(table)} WHERE ${name} IS NOT NULL LIMIT ${maxListed.text + 1}`
  const values = db.prepare(sql).pluck().safeIntegers(false).all() as SqlValue[]
  const showable = values.every(
    (value) => typeof value === 'string' && value.length <= 200 && !value.includes('\ufffd'),
  )
  return showable && values.length <= maxListed.text ? values : undefined
}
