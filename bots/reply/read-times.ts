import type { SqlValue } from '#core/answer.ts'
import type { TimeUnit } from './reply.ts'

/**
 * Reads a column as points in time: ISO dates, times and months as text; years as text or, where the column's name says year,
 * as numbers. Gives ISO times in UTC and the unit they have in common; null where any value is something else.
 */
export function readTimes(name: string, values: SqlValue[]): { values: string[]; unit: TimeUnit } | null {
  const read = values.map((value) => readTime(value, /year|jahr|année|^yr$/i.test(name)))
  const units = new Set(read.map((time) => time?.unit))
  const [unit] = units
  if (!unit || units.size !== 1) return null
  return { values: read.map((time) => time?.iso ?? ''), unit }
}

function readTime(value: SqlValue, isYear: boolean): { iso: string; unit: TimeUnit } | null {
  const text = typeof value === 'string' || (isYear && typeof value === 'number') ? String(value) : ''
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?Z?)?)?)?$/.exec(text)
  if (!parts || (!parts[2] && !isYear)) return null
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00'] = parts
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
  if (Number.isNaN(Date.parse(iso)) || Number(year) < 1000) return null
  return { iso, unit: parts[4] ? 'time' : parts[3] ? 'day' : parts[2] ? 'month' : 'year' }
}
