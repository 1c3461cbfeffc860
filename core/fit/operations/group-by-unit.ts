import type { Schema } from '#databases/schema/schema.ts'
import { unitAsked } from '../../linking/link-shape.ts'
import { applyEdits } from '../../sql/apply-edits.ts'
import { dateFormatOf } from '../../sql/date-format-of.ts'
import { enclosingOf } from '../../sql/enclosing-of.ts'
import { type Reference, readScopes } from '../../sql/read-scopes.ts'
import { isWord, type Token, tokenizeSql } from '../../sql/tokenize-sql.ts'

/**
 * "per month" where a query groups by the date itself, moment by moment: it is grouped by, and shows, the month. The query stays as it is where the
 * question names no unit, or where the query shortens the date in its own way.
 */
export function groupByUnit(sql: string, question: string, schema: Schema): string {
  const asked = unitAsked(question, schema)
  if (!asked || /\b(?:strftime|substr|substring|date)\s*\(/i.test(sql)) return sql
  const tokens = tokenizeSql(sql)
  const plain = readScopes(sql)
    .flatMap((scope) => scope.references)
    .filter(({ column, clause }) => SHOWN.has(clause) && column.name.toLowerCase() === asked.column.toLowerCase())
    .filter((one) => !isInCall(startOf(one), tokens))
  const grouped = plain.find(({ clause }) => clause === 'group')
  if (!grouped) return sql
  // A column of dates is one of days already.
  if (asked.isDay && dateFormatOf(startOf(grouped), sql, schema) === 'date') return sql
  const edits = plain.map((one) => {
    const [start, { end }] = [startOf(one), one.column]
    const direction = one.clause === 'order' ? (DIRECTION.exec(sql.slice(end))?.[0] ?? '') : ''
    return { start, end, text: asked.groupsOf(sql.slice(start, end)).join(`${direction}, `) }
  })
  return applyEdits(sql, edits)
}

function startOf({ qualifier, column }: Reference): number {
  return (qualifier ?? column).start
}

const SHOWN = new Set(['select', 'group', 'order'])

/** What follows a sorted column, and holds for each part of its unit. */
const DIRECTION = /^\s+(?:ASC|DESC)\b(?:\s+NULLS\s+(?:FIRST|LAST)\b)?/i

/** Whether a position is within parentheses that are neither a sub-query nor a window: count(DISTINCT day) goes on counting days. */
function isInCall(position: number, tokens: Token[]): boolean {
  const opening = enclosingOf(tokens)[tokens.findIndex(({ start }) => start === position)]
  return opening !== undefined && !OPENING.some((word) => isWord(tokens[opening + 1], word))
}

const OPENING = ['SELECT', 'WITH', 'ORDER', 'PARTITION']
