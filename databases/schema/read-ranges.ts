import type { Database } from 'better-sqlite3'
import type { ScanBudget } from './describe-columns.ts'
import { asPlainNumber, type Profiles } from './profile-columns.ts'
import { foldName, quoteName } from './quote-name.ts'
import type { TableStructure } from './read-structure.ts'
import type { Column, SqlValue } from './schema.ts'

type Range = { min: SqlValue; max: SqlValue }

/**
 * Smallest and largest value of each column of numbers or dates, by name. A range is exact or missing, never a guess
 * from a sample.
 */
export function readRanges(
  db: Database,
  table: TableStructure,
  columns: Column[],
  profiles: Profiles,
  look: { rowCount: number | null; budget: ScanBudget; deadline: number },
): Map<string, Range> {
  const wanted = columns.flatMap((column, index) => {
    const kind = rangeKind(column, profiles.columns[index])
    return kind === undefined ? [] : [{ name: column.name, kind }]
  })
  const leads = new Set([...table.indexes, table.primaryKey].map(([first]) => foldName(first ?? '')))
  const indexed = wanted.filter(({ name }) => table.kind === 'table' && leads.has(foldName(name)))
  const scanned = wanted.filter((column) => !indexed.includes(column))
  const cost = (look.rowCount ?? Number.POSITIVE_INFINITY) * scanned.length
  const ranges = new Map(indexed.map(({ name, kind }) => [name, readIndexed(db, table.name, name, kind)]))
  if (scanned.length > 0 && cost <= look.budget.cells && Date.now() < look.deadline) {
    look.budget.cells -= cost
    for (const [name, range] of readScanned(db, table.name, scanned)) ranges.set(name, range)
  }
  return new Map([...ranges].filter((entry): entry is [string, Range] => entry[1] !== undefined))
}

type Kind = 'number' | 'date'

function rangeKind(column: Column, profile: Profiles['columns'][number] | undefined): Kind | undefined {
  if (!profile) return undefined
  const { number, text } = profile.kinds
  if (number > 0 && number >= 19 * text) return 'number'
  return text > 0 && column.dateFormat !== undefined ? 'date' : undefined
}

// Dates as text begin with a digit; what does not (empty, 'unknown') is neither first nor last. ':' follows '9'.
const isOfKind: Record<Kind, (name: string) => string> = {
  number: (name) => `typeof(${name}) IN ('integer', 'real')`,
  date: (name) => `${name} >= '0' AND ${name} < ':'`,
}

function readIndexed(db: Database, table: string, column: string, kind: Kind): Range | undefined {
  const name = quoteName(column)
  const where = kind === 'date' ? `WHERE ${isOfKind.date(name)}` : ''
  const [min, max] = ['min', 'max'].map((side) => {
    const sql = `SELECT ${side}(${name}) FROM main.${quoteName(table)} ${where}`
    return db.prepare(sql).pluck().safeIntegers(true).get() as SqlValue
  })
  return asRange(min, max, kind)
}

function readScanned(
  db: Database,
  table: string,
  columns: { name: string; kind: Kind }[],
): [string, Range | undefined][] {
  const fields = columns.flatMap(({ name, kind }) =>
    ['min', 'max'].map((side) => `${side}(${quoteName(name)}) FILTER (WHERE ${isOfKind[kind](quoteName(name))})`),
  )
  const sql = `SELECT ${fields.join(', ')} FROM main.${quoteName(table)}`
  const row = db.prepare(sql).raw().safeIntegers(true).get() as SqlValue[]
  return columns.map(({ name, kind }, index) => [name, asRange(row[2 * index], row[2 * index + 1], kind)])
}

function asRange(min: SqlValue | undefined, max: SqlValue | undefined, kind: Kind): Range | undefined {
  const fits = (value: SqlValue | undefined) =>
    kind === 'date'
      ? typeof value === 'string' && value.length <= 40
      : typeof value === 'bigint' || typeof value === 'number'
  if (min === undefined || max === undefined || !fits(min) || !fits(max)) return undefined
  return { min: asPlainNumber(min), max: asPlainNumber(max) }
}
