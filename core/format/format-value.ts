import { DateTime } from 'luxon'
import type { Column, SqlValue } from '#databases/schema/schema.ts'
import { plainText } from './plain-text.ts'

/** How to write a value: the asker's locale and time zone, and what is known of the column that it comes from. */
export type ValueStyle = {
  locale: string
  timeZone?: string
  column?: Pick<Column, 'name' | 'type' | 'dateFormat'> | undefined
  /** Writes every digit of a number: a condition must not be shown rounded. */
  exact?: boolean
  /** Writes cents of whole amounts too, as beside others that have some. */
  cents?: boolean
}

/** What stands for NULL where a value is shown. */
export const NO_VALUE = '—'

const LONGEST_TEXT = 10_000
const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/

/**
 * A value as the asker writes such values: numbers and dates in their locale, what a column keeps as epochs as dates in
 * their time zone, bytes by their number, NULL as a dash. Text comes on one line and without hidden characters.
 */
export function formatValue(value: SqlValue, style: ValueStyle): string {
  if (value === null) return NO_VALUE
  if (typeof value === 'string') return formatText(value, style)
  if (value instanceof Uint8Array) return formatBytes(value.length, style.locale)
  return formatEpoch(value, style) ?? formatNumber(value, style)
}

function formatText(value: string, { locale, column }: ValueStyle): string {
  const [, day, time = '00:00'] = DATE.exec(value) ?? []
  const isDate = day !== undefined && (column === undefined || column.dateFormat !== undefined)
  const moment = isDate ? DateTime.fromISO(`${day}T${time}`, { zone: 'utc' }) : null
  return moment?.isValid ? formatMoment(moment, locale, time !== '00:00') : plainText(value, LONGEST_TEXT)
}

function formatBytes(count: number, locale: string): string {
  return `(${count.toLocaleString(locale)} ${count === 1 ? 'byte' : 'bytes'})`
}

function formatEpoch(value: number | bigint, { locale, timeZone = 'UTC', column }: ValueStyle): string | null {
  if (!column?.dateFormat?.startsWith('epoch')) return null
  const milliseconds = Number(value) * (column.dateFormat === 'epoch-seconds' ? 1000 : 1)
  const moment = DateTime.fromMillis(Math.abs(milliseconds) <= LAST_MOMENT_MS ? milliseconds : Number.NaN, {
    zone: timeZone,
  })
  return moment.isValid ? formatMoment(moment, locale, +moment !== +moment.startOf('day')) : null
}

/** JavaScript's dates end here, in the year 275760. */
const LAST_MOMENT_MS = 8.64e15

function formatMoment(moment: DateTime, locale: string, hasTime: boolean): string {
  const time: Intl.DateTimeFormatOptions = hasTime ? { hour: '2-digit', minute: '2-digit' } : {}
  return moment.setLocale(locale).toLocaleString({ day: 'numeric', month: 'short', year: 'numeric', ...time })
}

/** Whole numbers exactly; fractions to two decimals, or further where two would say nothing or a place depends on more. */
function formatNumber(value: number | bigint, { locale, column, exact = false, cents = false }: ValueStyle): string {
  const name = column ? baseName(column.name) : ''
  const useGrouping = column?.dateFormat !== 'year' && !LABELS.some((label) => label.test(name))
  if (cents && Number.isSafeInteger(value)) return new Intl.NumberFormat(locale, CENTS).format(value)
  if (typeof value === 'bigint' || Number.isInteger(value)) return formatWhole(value, locale, useGrouping)
  if (!Number.isFinite(value)) return Number.isNaN(value) ? NO_VALUE : value > 0 ? '∞' : '-∞'
  const digits = exact ? { maximumFractionDigits: 20 } : fractionDigits(value, name, column?.name ?? '')
  return new Intl.NumberFormat(locale, { useGrouping, ...digits }).format(value)
}

function formatWhole(value: number | bigint, locale: string, useGrouping: boolean): string {
  // From 10^21 on, JavaScript's own numbers are no exact integers any more.
  const isHuge = typeof value === 'number' && Math.abs(value) >= 1e21
  return new Intl.NumberFormat(locale, isHuge ? SCIENTIFIC : { useGrouping, maximumFractionDigits: 0 }).format(
    value === 0 ? 0 : value,
  )
}

const SCIENTIFIC: Intl.NumberFormatOptions = { notation: 'scientific', maximumSignificantDigits: 4 }

function fractionDigits(value: number, name: string, heading: string): Intl.NumberFormatOptions {
  const size = Math.abs(value)
  if (size >= 1e21 || size < 1e-6) return SCIENTIFIC
  if (PRECISE.test(name)) return { maximumFractionDigits: 6 }
  if (size < 0.1) return { maximumSignificantDigits: 3 }
  return isMoney(heading) ? CENTS : { maximumFractionDigits: 2 }
}

/** Numbers that are labels: 2024 stays 2024 and is never 2,024. */
const LABELS = [
  /(?:^|[_\s])(?:id|ids|key|code|zip|zipcode|postcode|postal|phone|fax|year|yr|isbn|ean|sku|ssn|version)$/i,
  /[_\s](?:number|no|nr|num)$/i,
  /\p{Ll}(?:Id|ID|Key|Code|Year|Number|No)$/u,
]
/** Whether a column, or a sum or average of it, is an amount of money by its name. */
export function isMoney(name: string): boolean {
  return MONEY.test(
    name
      .replace(/["`[\]]/g, '')
      .replace(SUBQUERY, '$1')
      .replace(ROUNDED, '$1')
      .replace(SUMMED, '$1'),
  )
}

const CENTS: Intl.NumberFormatOptions = { minimumFractionDigits: 2, maximumFractionDigits: 2 }
/** Names of amounts of money, of which cents are always written. No currency is added: the data name none. */
const MONEY =
  /(?:^|[_\s.*])(?:price|cost|amount|total|revenue|sale|salary|fee|balance|spent|spend|spending|payment|profit|income|turnover|wage|pay|paid|budget|refund|debit|credit|gross|net|tax|fine|expense|earning|charge|rent|deposit|eur|euro|usd|dollar|gbp|chf)s?"?$/i
const SUBQUERY = /^\(SELECT (.+?) FROM .*\)$/is
const ROUNDED = /^round\s*\((.*),\s*\d+\s*\)$/is
const SUMMED = /^(?:sum|avg|total|min|max)\s*\((?:distinct\s+)?(.*)\)$/is
const PRECISE = /(?:^|[_\s])(?:lat|latitude|lon|lng|long|longitude|rate|ratio|share)$/i

/** The column in a heading such as MAX(T1.birth_year). */
function baseName(name: string): string {
  const inner = /^(?:min|max)\((?:distinct\s+)?(.*)\)$/is.exec(name)?.[1] ?? name
  return (inner.split('.').at(-1) ?? inner).replace(/["`[\]]/g, '').trim()
}
