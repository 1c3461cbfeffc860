import type { Database } from 'better-sqlite3'
import { quoteName } from './quote-name.ts'
import type { TableStructure } from './read-structure.ts'

/** Rows still allowed to be read one by one for counting, over all tables of a database. */
export type CountingBudget = { rows: number }

/**
 * Number of rows, exact as long as the budget lasts; beyond it estimated from the rowids, or null where there are none.
 * Throws what SQLite throws where the rows cannot be read.
 */
export function countRows(
  db: Database,
  table: TableStructure,
  budget: CountingBudget,
): { rows: number | null; exact: boolean } {
  const name = quoteName(table.name)
  const limit = Math.max(budget.rows, 1000)
  const counted = db
    .prepare(`SELECT count(*) FROM (SELECT 1 FROM main.${name} LIMIT ${limit + 1})`)
    .pluck()
    .safeIntegers(false)
    .get() as number
  budget.rows -= counted
  if (counted <= limit) return { rows: counted, exact: true }
  if (!table.hasRowid) return { rows: null, exact: false }
  const [min, max] = rowidRange(db, table.name)
  return { rows: Math.max(max - min + 1, counted), exact: false }
}

/** Smallest and largest rowid, as doubles; a question of microseconds however large the table. */
export function rowidRange(db: Database, table: string): [min: number, max: number] {
  const name = quoteName(table)
  const one = (side: string) =>
    Number(db.prepare(`SELECT ${side}(rowid) FROM main.${name}`).pluck().safeIntegers(true).get() ?? 0)
  return [one('min'), one('max')]
}
