import type { Column, SqlValue } from './schema.ts'

/**
 * How a column stores dates, judged by its values and, for numbers, by its name too: 1700000000 is a moment in
 * `created_at` and just a number in `population`. Undefined where fewer than 19 of 20 values fit.
 */
export function detectDateFormat(column: { name: string; type: string; values: SqlValue[] }): Column['dateFormat'] {
  const values = column.values.filter((value) => value !== null && value !== '')
  if (values.length === 0) return formatOfEmptyColumn(column)
  const most = (fits: (value: SqlValue) => boolean) => values.filter(fits).length >= values.length * 0.95
  if (most((value) => typeof value === 'string' && isoDate.test(value))) return 'date'
  if (most((value) => typeof value === 'string' && (isoDateTime.test(value) || isoDate.test(value)))) return 'datetime'
  if (yearWords.test(splitWords(column.name)) && most((value) => isBetween(value, 1000, 2999))) return 'year'
  if (eventWords.test(splitWords(column.name)) && most((value) => isBetween(value, 1500, 2100))) return 'year'
  if (!timeWords.test(splitWords(column.name)) && !/DATE|TIME/i.test(column.type)) return undefined
  if (most((value) => isBetween(value, epochFrom, epochTo))) return 'epoch-seconds'
  if (most((value) => isBetween(value, epochFrom * 1000, epochTo * 1000))) return 'epoch-milliseconds'
  return undefined
}

const isoDate = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const isoDateTime =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[T ]([01]\d|2[0-4]):[0-5]\d(:[0-6]\d(\.\d+)?)? ?(Z|[+-]\d{2}:?\d{2})?$/
const yearWords = /\b(year|years|yr|jahr|annee|ano|anno)\b/
/** What happened in a year is often called without the word: "founded", 1947. */
const eventWords =
  /\b(founded|founding|foundation|established|creation|built|constructed|opened|opening|launched|released|published|formed|joined|born|birth|died|death|completed|introduced|season)\b/
const timeWords =
  /\b(date|dates|time|timestamp|datetime|created|updated|modified|deleted|at|on|ts|epoch|since|until|day|when|datum|zeit)\b/

// 1973-03-03 to 2100-01-01: numbers below are too likely to be something else.
const epochFrom = 100_000_000
const epochTo = 4_102_444_800

function isBetween(value: SqlValue, from: number, to: number): boolean {
  if (typeof value === 'string') return /^\d{4}$/.test(value) && Number(value) >= from && Number(value) <= to
  return typeof value === 'number' && value >= from && value <= to
}

function formatOfEmptyColumn({ type }: { type: string }): Column['dateFormat'] {
  if (/^DATE$/i.test(type)) return 'date'
  if (/^(DATETIME|TIMESTAMP)\b/i.test(type)) return 'datetime'
  return /^YEAR$/i.test(type) ? 'year' : undefined
}

/** `createdAt`, `created_at` and `Created At` as `created at`. */
export function splitWords(name: string): string {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .toLowerCase()
    .trim()
}
