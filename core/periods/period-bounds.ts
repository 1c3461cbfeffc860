import { DateTime } from 'luxon'
import type { Column } from '#databases/schema/schema.ts'
import type { ResolvedPeriod } from '../answer.ts'
import { OPEN_END, OPEN_START } from './find-periods.ts'

export type DateFormat = NonNullable<Column['dateFormat']>

/**
 * A period as SQL literals for one kind of date column: from `start` on and before `end`, null where it is open.
 * `exact` is false where the column is too coarse for it (a month in a column of years).
 */
export type PeriodBounds = { start: string | null; end: string | null; exact: boolean }

type Limits = Pick<ResolvedPeriod, 'start' | 'end'>

/** Dates and times kept as text are taken for the asker's wall clock, epochs for the very moments. */
export function periodBounds(period: Limits, format: DateFormat): PeriodBounds {
  const start = period.start === OPEN_START ? null : DateTime.fromISO(period.start, { setZone: true })
  const end = period.end === OPEN_END ? null : DateTime.fromISO(period.end, { setZone: true })
  const unit = format === 'date' ? 'day' : format === 'year' ? 'year' : null
  const first = start && unit ? start.startOf(unit) : start
  const last = end && unit ? ceiling(end, unit) : end
  return {
    start: first && literal(first, format),
    end: last && literal(last, format),
    exact: isSame(first, start) && isSame(last, end),
  }
}

/** The condition that a date column falls into a period; `column` is SQL, already quoted where it must be. */
export function withinPeriod(column: string, period: Limits, format: DateFormat): string {
  const { start, end } = periodBounds(period, format)
  // Text with a time may be written with a blank or a T between date and time, which do not compare.
  const hasTime = format === 'datetime' && [start, end].some((bound) => bound?.includes(':'))
  const value = hasTime ? `datetime(${column})` : column
  const parts = [start && `${value} >= ${start}`, end && `${value} < ${end}`].filter((part) => part !== null)
  return parts.join(' AND ') || `${column} IS NOT NULL`
}

function literal(moment: DateTime, format: DateFormat): string {
  switch (format) {
    case 'date':
      return `'${moment.toFormat('yyyy-MM-dd')}'`
    case 'datetime':
      return `'${moment.toFormat(+moment === +moment.startOf('day') ? 'yyyy-MM-dd' : 'yyyy-MM-dd HH:mm:ss')}'`
    case 'epoch-seconds':
      return String(Math.floor(moment.toSeconds()))
    case 'epoch-milliseconds':
      return String(moment.toMillis())
    case 'year':
      return String(moment.year)
  }
}

function ceiling(moment: DateTime, unit: 'day' | 'year'): DateTime {
  const floor = moment.startOf(unit)
  return +floor === +moment ? moment : floor.plus(unit === 'day' ? { days: 1 } : { years: 1 })
}

function isSame(one: DateTime | null, other: DateTime | null): boolean {
  return (one && +one) === (other && +other)
}
