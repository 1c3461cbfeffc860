import type { Schema } from '#databases/schema/schema.ts'
import { linkShape } from '../../linking/link-shape.ts'
import { applyEdits } from '../../sql/apply-edits.ts'
import { dateFormatOf } from '../../sql/date-format-of.ts'
import { type Reference, readScopes } from '../../sql/read-scopes.ts'
import { tokenizeSql } from '../../sql/tokenize-sql.ts'

/**
 * "per month" where a query groups by the date itself, moment by moment: it is grouped by, and shows, the month. The query stays as it is where the
 * question names no unit, or where the query shortens the date in its own way.
 */
export function groupByUnit(sql: string, question: string, schema: Schema): string {
  const hint = linkShape(question, schema)
    .map((one) => UNIT.exec(one)?.groups)
    .find((groups) => groups !== undefined)
  const column = hint?.column?.split('.').at(-1)?.replaceAll('"', '').toLowerCase()
  if (!hint || !column || /\b(?:strftime|substr|substring|date)\s*\(/i.test(sql)) return sql
  const tokens = tokenizeSql(sql)
  const references = readScopes(sql).flatMap((scope) => scope.references)
  const isPlain = (one: Reference) => {
    const before = tokens[tokens.findIndex(({ start }) => start === startOf(one)) - 1]
    return SHOWN.has(one.clause) && one.column.name.toLowerCase() === column && before?.text !== '('
  }
  const plain = references.filter(isPlain)
  const grouped = plain.find(({ clause }) => clause === 'group')
  if (!grouped) return sql
  // A column of dates is one of days already.
  if (hint.format === DAYS && dateFormatOf(startOf(grouped), sql, schema) === 'date') return sql
  return applyEdits(
    sql,
    plain.map((one) => {
      const [start, { end }] = [startOf(one), one.column]
      const text = hint.unit?.replaceAll(hint.column ?? '', () => sql.slice(start, end)) ?? ''
      return { start, end, text }
    }),
  )
}

function startOf({ qualifier, column }: Reference): number {
  return (qualifier ?? column).start
}

const DAYS = "'%Y-%m-%d'"

const SHOWN = new Set(['select', 'group', 'order'])

/** The hint that the prompt gives: `"per month" means GROUP BY strftime('%Y-%m', orders.day)`. */
const UNIT = /GROUP BY (?<unit>strftime\((?<format>'[^']*'), (?<column>(?:"[^"]*"|[^",/ )])+).*)$/
