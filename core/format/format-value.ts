import { DateTime } from 'luxon'
import type { Column, SqlValue } from '#databases/schema/schema.ts'
import { plainText } from './plain-text.ts'

export type ValueStyle = { locale: string; timeZone?: string; column?: Pick<Column, 'name' | 'type' | 'dateFormat'> }

/** What stands for NULL where a value is shown. */
export const NO_VALUE = '—'

/** Names of columns whose numbers are labels or years: 2024 stays 2024 and is never 2,024. */
const UNGROUPED =
  /(?:^|[_\s])(?:id|ids|key|code|number|no|nr|num|zip|postcode|postal|phone|fax|year|yr|isbn|ean|sku|ssn|version)$|(?:Id|ID|Key|Code|Year|Number)$|^year|^(?:jahr|année|año)$/i
const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/

/**
 * A value as the asker writes such values: numbers and dates in their locale, what a column keeps as epochs as dates in
 * their time zone, bytes by their number, NULL as a dash. Text comes on one line and without hidden characters.
 */
export function formatValue(value: SqlValue, style: ValueStyle): string {
  if (value === null) return NO_VALUE
  if (value instanceof Uint8Array)
    return `(${formatNumber(value.length, style, false)} ${value.length === 1 ? 'byte' : 'bytes'})`
  if (typeof value === 'string') return formatText(value, style)
  const date = formatEpoch(value, style)
  return date ?? formatNumber(value, style, isLabel(style))
}

function formatText(value: string, { locale, column }: ValueStyle): string {
  const [, day, time] = DATE.exec(value) ?? []
  const isDate = day !== undefined && (column?.dateFormat !== undefined || column === undefined)
  const moment = isDate ? DateTime.fromISO(`${day}T${time ?? '00:00'}`, { zone: 'utc' }) : null
  return moment?.isValid
    ? formatMoment(moment, locale, time !== undefined && time !== '00:00')
    : plainText(value, 10_000)
}

function formatEpoch(value: number | bigint, { locale, timeZone = 'UTC', column }: ValueStyle): string | null {
  if (!column?.dateFormat?.startsWith('epoch')) return null
  const milliseconds = Number(value) * (column.dateFormat === 'epoch-seconds' ? 1000 : 1)
  const moment = DateTime.fromMillis(Math.abs(milliseconds) < 8.64e15 ? milliseconds : Number.NaN, { zone: timeZone })
  return moment.isValid ? formatMoment(moment, locale, +moment !== +moment.startOf('day')) : null
}

function formatMoment(moment: DateTime, locale: string, hasTime: boolean): string {
  const time: Intl.DateTimeFormatOptions = hasTime ? { hour: '2-digit', minute: '2-digit' } : {}
  return moment.setLocale(locale).toLocaleString({ day: 'numeric', month: 'short', year: 'numeric', ...time })
}

/** Whole numbers exactly; fractions to two decimals, or to three significant digits where two would show nothing. */
function formatNumber(value: number | bigint, { locale }: ValueStyle, isLabelled: boolean): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return value > 0 ? '∞' : '-∞'
  const useGrouping = !isLabelled
  if (typeof value === 'bigint' || Number.isInteger(value))
    return new Intl.NumberFormat(locale, { useGrouping, maximumFractionDigits: 0 }).format(value)
  const digits: Intl.NumberFormatOptions =
    Math.abs(value) < 0.1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 }
  return new Intl.NumberFormat(locale, { useGrouping, ...digits }).format(value)
}

function isLabel({ column }: ValueStyle): boolean {
  return column !== undefined && (column.dateFormat === 'year' || UNGROUPED.test(column.name))
}
