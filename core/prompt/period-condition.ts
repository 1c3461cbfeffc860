import type { Column } from '#databases/schema/schema.ts'
import type { ResolvedPeriod } from '../answer.ts'
import { quoteName } from '../names/quote-name.ts'
import { OPEN_END, OPEN_START } from '../periods/find-periods.ts'

/**
 * A period as a condition on a date column, in the format in which that column stores dates; null where the column holds no dates.
 * Stored dates without a zone are taken to be the asker's.
 */
export function periodCondition(table: string, column: Column, period: ResolvedPeriod): string | null {
  if (!column.dateFormat) return null
  const name = `${quoteName(table)}.${quoteName(column.name)}`
  const bound = BOUNDS[column.dateFormat]
  const from = period.start === OPEN_START ? [] : [`${name} >= ${bound(period.start)}`]
  const to = period.end === OPEN_END ? [] : [`${name} < ${bound(period.end, true)}`]
  return [...from, ...to].join(' AND ')
}

const BOUNDS: Record<NonNullable<Column['dateFormat']>, (moment: string, end?: boolean) => string> = {
  date: (moment) => `'${moment.slice(0, 10)}'`,
  datetime: (moment) => `'${isMidnight(moment) ? moment.slice(0, 10) : moment.slice(0, 19).replace('T', ' ')}'`,
  'epoch-seconds': (moment) => String(Math.floor(Date.parse(moment) / 1000)),
  'epoch-milliseconds': (moment) => String(Date.parse(moment)),
  // A period within a year can only mean that year.
  year: (moment, end) => String(Number(moment.slice(0, 4)) + (end && !moment.startsWith('01-01', 5) ? 1 : 0)),
}

function isMidnight(moment: string): boolean {
  return moment.slice(11, 19) === '00:00:00'
}
