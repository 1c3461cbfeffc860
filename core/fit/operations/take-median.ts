import { applyEdits } from '../../sql/apply-edits.ts'
import { holdsNumbers } from '../../sql/holds-numbers.ts'
import { outermost } from '../../sql/outermost.ts'
import { quoteName } from '../../sql/quote-name.ts'
import { readScopes } from '../../sql/read-scopes.ts'
import { referredColumn } from '../../sql/referred-column.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'
import { type Token, tokenizeSql } from '../../sql/tokenize-sql.ts'

/**
 * The median, which SQLite has no function for, where a small model calls one, or compares with averages because the question asks for it in
 * unusual words ("half of them cost more than what? (the median)"). `median(x)` alone is worked out wherever it stands; a whole query only
 * where the question asks for the median itself, and not for what lies above it. Null where nothing is to be changed.
 */
export function takeMedian(sql: string, question: string, names: SchemaNames): string | null {
  const called = CALLED.exec(sql)
  if (!called?.groups) return isAskedItself(question) ? medianOfQuery(sql, names) : null
  const { column = '', table = '', where } = called.groups
  const median = medianOf(column, table, where ? [where.trim()] : [])
  const text = called[0].startsWith('(') ? `(${median})` : median
  return applyEdits(sql, [{ start: called.index, end: called.index + called[0].length, text }])
}

function isAskedItself(question: string): boolean {
  return /\bmedian\b/i.test(question) && !COMPARED.test(question) && !GROUPED.test(question)
}

/** The median of the one column of numbers that a query reads, among the rows for which its other conditions hold. */
function medianOfQuery(sql: string, names: SchemaNames): string | null {
  if (/\b(?:OFFSET|NTILE|PERCENT\w*|ROW_NUMBER|MEDIAN|GROUP|UNION|INTERSECT|EXCEPT|JOIN|OR)\b/i.test(sql)) return null
  const [scope] = readScopes(sql)
  const [source, ...others] = scope?.sources ?? []
  const table = source?.table && others.length === 0 ? names.table(source.table.name) : undefined
  if (!scope || !source || !table) return null
  const read = scope.references.flatMap((one) => referredColumn(one, names) ?? [])
  const numbers = new Set(read.map(({ column }) => column).filter(({ type }) => holdsNumbers(type)))
  const [column, ...more] = [...numbers].map(({ name }) => name).filter((name) => !table.primaryKey.includes(name))
  if (column === undefined || more.length > 0) return null
  const isAliased = source.alias !== source.table?.name
  const from = isAliased ? `${quoteName(table.name)} AS ${quoteName(source.alias)}` : quoteName(table.name)
  const kept = conditions(sql).filter((condition) => !mentions(condition, column))
  return medianOf(quoteName(column), from, kept)
}

/** `median(x)` with nothing beside it, as a query or in parentheses. */
const CALLED =
  /\(?(?<!\w)SELECT\s+median\s*\(\s*(?<column>[\w."`]+)\s*\)\s+FROM\s+(?<table>[\w"`]+)(?:\s+WHERE\s+(?<where>(?:(?!\b(?:SELECT|GROUP|ORDER|LIMIT|OR)\b)[^()])+?))?(?:\)|\s*;?\s*$)/i
const COMPARED =
  /\b(?:than|above|below|over|under|exceed\w*|beat\w*|reach\w*)\s+(?:the\s+|their\s+|its\s+)?(?:\w+\s+){0,2}median\b/i
const GROUPED = /\b(?:per|each|every|by)\b/i

/** The middle value, or the mean of the two middle ones. */
function medianOf(column: string, from: string, conditions: string[]): string {
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''
  const filled = [...conditions, `${column} IS NOT NULL`].join(' AND ')
  const count = `(SELECT count(${column}) FROM ${from}${where})`
  const offset = `(SELECT (count(${column}) - 1) / 2 FROM ${from}${where})`
  return `SELECT avg(${bare(column)}) FROM (SELECT ${column} FROM ${from} WHERE ${filled} ORDER BY ${column} LIMIT 2 - ${count} % 2 OFFSET ${offset})`
}

function bare(column: string): string {
  return column.slice(column.lastIndexOf('.') + 1)
}

/** What the outermost WHERE asks for, condition by condition. */
function conditions(sql: string): string[] {
  const outer = outermost(tokenizeSql(sql))
  const is = (token: Token, ...words: string[]) => words.includes(token.text.toUpperCase())
  const where = outer.find((token) => is(token, 'WHERE'))
  if (!where) return []
  const rest = outer.filter(({ start }) => start >= where.end)
  const end = rest.find((token) => is(token, 'GROUP', 'ORDER', 'LIMIT', ';'))?.start ?? sql.length
  const ands = rest.filter((token) => is(token, 'AND') && token.start < end)
  const starts = [where.end, ...ands.map((token) => token.end)]
  const ends = [...ands.map((token) => token.start), end]
  return starts.map((start, at) => sql.slice(start, ends[at]).trim())
}

function mentions(condition: string, column: string): boolean {
  return tokenizeSql(condition).some(({ name }) => name.toLowerCase() === column.toLowerCase())
}
