import { Info } from 'luxon'

/**
 * The name of a weekday in a result, where the heading of its column says that it is SQLite's number of one (0 for Sunday); null where it
 * is something else.
 */
export function formatWeekday(value: unknown, heading: string, locale: string): string | null {
  if (!WEEKDAY.test(heading) || typeof value !== 'string' || !/^[0-6]$/.test(value)) return null
  // Luxon's weeks begin on Monday.
  return Info.weekdays('long', { locale })[(Number(value) + 6) % 7] ?? null
}

const WEEKDAY = /^strftime\s*\(\s*'%w'/i
