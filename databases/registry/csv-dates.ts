import type { Reading } from './csv-readings.ts'

const time = '(?:[T ]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d+)?)?(?: ?([AaPp])\\.?[Mm]\\.?)?)?'
const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?$/
const isoDateOnly = /^\d{4}-\d{2}-\d{2}$/
const yearFirst = new RegExp(`^(?<y>\\d{4})[/.](?<m>\\d{1,2})[/.](?<d>\\d{1,2})${time}$`)
const dotted = new RegExp(`^(?<d>\\d{1,2})\\.(?<m>\\d{1,2})\\.(?<y>\\d{4})${time}$`)
const dayFirst = new RegExp(`^(?<d>\\d{1,2})[/-](?<m>\\d{1,2})[/-](?<y>\\d{4})${time}$`)
const monthFirst = new RegExp(`^(?<m>\\d{1,2})[/-](?<d>\\d{1,2})[/-](?<y>\\d{4})${time}$`)
const named = new RegExp(`^(?<d>\\d{1,2})[ -](?<m>[A-Za-z]{3,9})\\.?[ -](?<y>\\d{4})${time}$`)
const namedFirst = new RegExp(`^(?<m>[A-Za-z]{3,9})\\.? (?<d>\\d{1,2}),? (?<y>\\d{4})${time}$`)

/** Ways to read dates. What is ISO 8601 already stays as it is; the others become ISO. */
export const dateReadings: Reading[] = [
  { type: 'DATE', fits: (text) => isoDateOnly.test(text) && isReal(text), convert: (text) => text },
  { type: 'DATETIME', fits: (text) => iso.test(text) && isReal(text), convert: (text) => text },
  ...[yearFirst, dotted, named, namedFirst].flatMap(toIso),
]

/** 3/4/2025 is in March or in April: a reading of one side counts only where the column rules the other side out. */
export const rivalDateReadings = { dayFirst: toIso(dayFirst), monthFirst: toIso(monthFirst) }

/** The second of the readings takes dates with and without a time of day. */
function toIso(pattern: RegExp): [Reading, Reading] {
  const convert = (text: string) => rewrite(pattern, text) ?? text
  return [
    { type: 'DATE', fits: (text) => rewrite(pattern, text)?.length === 10, convert },
    { type: 'DATETIME', fits: (text) => rewrite(pattern, text) !== undefined, convert },
  ]
}

function rewrite(pattern: RegExp, text: string): string | undefined {
  const match = pattern.exec(text)
  const { y = '', m = '', d = '' } = match?.groups ?? {}
  if (!match || !y) return undefined
  const date = `${y}-${monthNumber(m)}-${d.padStart(2, '0')}`
  if (!isReal(date)) return undefined
  const [hour, minute, second, half] = match.slice(4)
  if (hour === undefined || minute === undefined) return date
  const clock = to24(Number(hour), half)
  const fits = clock !== undefined && Number(minute) < 60
  return fits ? `${date} ${String(clock).padStart(2, '0')}:${minute}:${second ?? '00'}` : undefined
}

function to24(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour < 24 ? hour : undefined
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthNames =
  /^(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)$/

function monthNumber(month: string): string {
  const name = month.toLowerCase()
  return monthNames.test(name) ? String(months.indexOf(name.slice(0, 3)) + 1).padStart(2, '0') : month.padStart(2, '0')
}

function isReal(date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.slice(0, 10).split('-').map(Number)
  const read = new Date(Date.UTC(year, month - 1, day))
  return read.getUTCMonth() === month - 1 && read.getUTCDate() === day
}
