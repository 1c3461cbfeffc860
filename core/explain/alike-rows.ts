import type { Rows } from '#databases/sandbox/query-outcome.ts'
import { tokenizeSql } from '../sql/tokenize-sql.ts'

/**
 * What a reader of a list must know where a join lists the same thing several times ("Which customers bought something?", once for every
 * order); null where nothing is listed twice, or each row is one of its kind anyway.
 */
export function sayAlikeRows(sql: string, { rows }: Rows, locale: string): string | null {
  const keywords = new Set(tokenizeSql(sql).map(({ text }) => text.toUpperCase()))
  if (!keywords.has('JOIN') || SINGLE.some((keyword) => keywords.has(keyword))) return null
  const different = new Set(rows.map((row) => row.map(String).join('\u0001'))).size
  if (different === rows.length) return null
  const [all, unlike] = [rows.length, different].map((count) => count.toLocaleString(locale))
  return `Of these ${all} rows only ${unlike} are different: the same is listed once for each row that it is joined with.`
}

/** What makes one row of several. */
const SINGLE = ['DISTINCT', 'GROUP', 'UNION', 'INTERSECT', 'EXCEPT']
