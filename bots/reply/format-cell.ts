import type { Rows, SqlValue } from '#core/answer.ts'
import { formatValue, isMoney } from '#core/format/format-value.ts'
import { formatWeekday } from '#core/format/format-weekday.ts'
import type { Asker } from '#core/question.ts'

/** A value of a result as this person writes such values. `name` is its column's, which says whether numbers are labels; texts that look like dates are dates. */
export function formatCell(
  value: SqlValue,
  name: string,
  { locale, timeZone, cents = false }: Pick<Asker, 'locale' | 'timeZone'> & { cents?: boolean },
): string {
  const column = typeof value === 'string' ? undefined : { name, type: '' }
  return formatWeekday(value, name, locale) ?? formatValue(value, { locale, timeZone, cents, column })
}

/** Which columns are amounts of money of which some have cents, so that 9 reads 9.00 below 12.50. */
export function columnsWithCents({ columns, rows }: Rows): boolean[] {
  return columns.map((name, at) => isMoney(name) && rows.some((row) => hasFraction(row[at] ?? null)))
}

function hasFraction(value: SqlValue): boolean {
  return typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value)
}
