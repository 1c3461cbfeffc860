import { splitWords } from './date-format.ts'
import type { Column, Schema } from './schema.ts'

const DAY_MS = 86_400_000

/**
 * The latest day in a database's data, as an ISO date; null where no column of dates tells one. What is planned says nothing of how old data
 * are: columns that reach beyond `asOf`, the time of the file, do not count.
 */
export function latestDay({ tables }: Pick<Schema, 'tables'>, asOf: string): string | null {
  const tomorrow = dayOf(Date.parse(asOf) + DAY_MS)
  const days = tables
    .flatMap(({ columns }) => columns)
    .filter(({ name }) => !SAYS_NOTHING.test(splitWords(name)))
    .flatMap((column) => lastOf(column) ?? [])
    .filter((day) => tomorrow === null || day <= tomorrow)
  return days.sort().at(-1) ?? null
}

/** Dates of something else than the data's own time. */
const SAYS_NOTHING =
  /\b(?:birth|birthday|birthdate|born|dob|death|died|expiry|expires?|expired|expiration|due|deadline|valid|until|planned|scheduled)\b/

function lastOf({ range, dateFormat }: Column): string | null {
  const last = range?.max
  if (dateFormat === 'date' || dateFormat === 'datetime') return typeof last === 'string' ? isoDay(last) : null
  if (typeof last !== 'number') return null
  if (dateFormat === 'epoch-seconds') return dayOf(last * 1000)
  return dateFormat === 'epoch-milliseconds' ? dayOf(last) : null
}

function isoDay(text: string): string | null {
  return /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? null
}

function dayOf(ms: number): string | null {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 10)
}
