import type { Column } from '#databases/schema/schema.ts'
import type { ResolvedPeriod } from '../answer.ts'
import { quoteName } from '../sql/quote-name.ts'
import { withinPeriod } from './period-bounds.ts'

/**
 * A period as a condition on a date column, in the format in which that column stores dates; null where the column holds no dates.
 * Stored dates without a zone are taken to be the asker's.
 */
export function periodCondition(table: string, column: Column, period: ResolvedPeriod): string | null {
  if (!column.dateFormat) return null
  return withinPeriod(`${quoteName(table)}.${quoteName(column.name)}`, period, column.dateFormat)
}
