import type { SqlValue } from '#core/answer.ts'
import { formatValue } from '#core/format/format-value.ts'
import type { Asker } from '#core/question.ts'

/** A value of a result as this person writes such values. `name` is its column's, which says whether numbers are labels; texts that look like dates are dates. */
export function formatCell(
  value: SqlValue,
  name: string,
  { locale, timeZone }: Pick<Asker, 'locale' | 'timeZone'>,
): string {
  return formatValue(value, { locale, timeZone, ...(typeof value === 'string' ? {} : { column: { name, type: '' } }) })
}
