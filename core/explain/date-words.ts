import { DateTime } from 'luxon'
import type { Column, SqlValue } from '#databases/schema/schema.ts'

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/

/** A moment that SQL compares with: `hasTime` where it is more than a date. */
export type Moment = { at: DateTime; hasTime: boolean }

/** The moment that a literal stands for: an ISO date, or a number in a column of epochs. Null for anything else. */
export function momentOf(value: SqlValue, column: Column | null, timeZone: string): Moment | null {
  if (typeof value === 'string') {
    const [, year, month, day, hour, minute, second] = DATE.exec(value) ?? []
    if (!year) return null
    const at = DateTime.utc(
      Number(year),
      Number(month),
      Number(day),
      Number(hour ?? 0),
      Number(minute ?? 0),
      Number(second ?? 0),
    )
    return at.isValid ? { at, hasTime: hour !== undefined && value.slice(11, 19) !== '00:00:00' } : null
  }
  if (typeof value !== 'number' || !column?.dateFormat?.startsWith('epoch')) return null
  const milliseconds = column.dateFormat === 'epoch-seconds' ? value * 1000 : value
  // The wall clock of the asker, kept in UTC as dates in text are.
  const at = DateTime.fromMillis(milliseconds, { zone: timeZone }).setZone('utc', { keepLocalTime: true })
  return at.isValid ? { at, hasTime: +at !== +at.startOf('day') } : null
}

/** "15 Nov 2026" in the order and the words of the locale, with the time where there is one. */
export function momentWords({ at, hasTime }: Moment, locale: string): string {
  const date: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }
  const time: Intl.DateTimeFormatOptions = hasTime ? { hour: '2-digit', minute: '2-digit' } : {}
  return new Intl.DateTimeFormat(locale, { ...date, ...time }).format(at.toJSDate())
}
