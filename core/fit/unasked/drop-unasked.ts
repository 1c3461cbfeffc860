import type { Schema } from '#databases/schema/schema.ts'
import { applyEdits, applyFixes, type Fix } from '../../sql/apply-edits.ts'
import { type Reference, readScopes } from '../../sql/read-scopes.ts'
import { type Token, tokenizeSql } from '../../sql/tokenize-sql.ts'
import { editDistance } from '../../words/edit-distance.ts'
import { words } from '../../words/split-words.ts'
import { meaningsOf } from '../../words/word-meanings.ts'
import { isShortFor } from '../values/is-short-for.ts'
import { type Asked, unexplainedWords } from './unexplained-words.ts'

/**
 * Leaves out filters by one of a column's few values of which the question says nothing ("… AND status = 'delivered'" where all orders
 * are asked for): small models add them. A filter stays where a word of the question may be another name for its value, since nothing else
 * in the query stands for it ("sent back" for 'returned'). Short codes stay, since a question need not spell them, and so does what the
 * column does not hold.
 */
export function dropUnasked(sql: string, asked: Asked, schema: Schema): { sql: string; notes: string[] } {
  const said = new Set(asked.known.flatMap(words))
  const listed = listedValues(schema)
  const fixed = applyFixes(sql, MOST_FILTERS, (text) => {
    const fix = firstUnasked(text, said, listed)
    return fix && unexplainedWords(applyEdits(text, fix.edits), asked).length === 0 ? fix : undefined
  })
  return { ...fixed, sql: fixed.sql.trim() }
}

/** One of a column's few values that a figure counts by (`CASE WHEN reason = 'too late'`) and that the question says nothing of. */
export function unaskedInFigure(sql: string, known: string[], schema: Schema): string | undefined {
  const asked = new Set(known.flatMap(words))
  const listed = listedValues(schema)
  const references = readScopes(sql).flatMap((scope) => scope.references)
  const counted = references.filter(({ clause }) => clause === 'select')
  return counted
    .flatMap(({ column, literals }) => literals.map(({ name }) => ({ column: column.name, name })))
    .find(({ column, name }) => listed.has(listing(column, name)) && !isAsked(name, asked))?.name
}

/** The first of the texts that no part of what was asked calls for. */
export function unaskedOf(texts: string[], known: string[]): string | undefined {
  const asked = new Set(known.flatMap(words))
  return texts.find((text) => !isAsked(text, asked))
}

const MOST_FILTERS = 4

/** A shorter text may be a code ("F", "Yes", "USA"). */
const SHORTEST_TEXT = 4

function listedValues(schema: Schema): Set<string> {
  const columns = schema.tables.flatMap((table) => table.columns.filter((column) => column.valuesComplete))
  return new Set(columns.flatMap((column) => column.values.map((value) => listing(column.name, String(value)))))
}

function listing(column: string, value: string): string {
  return `${column.toLowerCase()}\u0000${value}`
}

function firstUnasked(sql: string, asked: Set<string>, listed: Set<string>): Fix | undefined {
  const tokens = tokenizeSql(sql)
  for (const reference of readScopes(sql).flatMap((scope) => scope.references)) {
    const [literal, more] = reference.literals
    if (!literal || more || reference.clause !== 'where' || isAsked(literal.name, asked)) continue
    if (!listed.has(listing(reference.column.name, literal.name))) continue
    const span = removable(tokens, reference, literal)
    if (!span) continue
    const note = `A filter by ${reference.column.name} “${literal.name}” was left out, since the question does not ask for it.`
    return { edits: [{ ...span, text: '' }], note }
  }
  return undefined
}

function isAsked(value: string, asked: Set<string>): boolean {
  const parts = words(value).filter((word) => word.length >= SHORTEST_TEXT && !/\d/.test(word))
  if (parts.length === 0) return true
  return (
    parts.some((part) => [...asked].some((word) => means(part, word))) ||
    [...asked].some((word) => isShortFor(word, value))
  )
}

function means(part: string, word: string): boolean {
  if (part.slice(0, 4) === word.slice(0, 4) || (part.length > 5 && editDistance(part, word) <= 2)) return true
  return meaningsOf(part).includes(word) || meaningsOf(word).includes(part)
}

/** The stretch of `AND column = 'text'`, `column = 'text' AND`, or of the whole WHERE; undefined where taking it out is no such simple cut. */
function removable(
  tokens: Token[],
  { qualifier, column }: Reference,
  literal: Token,
): { start: number; end: number } | undefined {
  const first = tokens.findIndex((token) => token.start === (qualifier ?? column).start)
  const last = tokens.findIndex((token) => token.start === literal.start)
  const operator = tokens.slice(first, last).map((token) => token.text)
  if (operator.at(-1) !== '=') return undefined
  const before = tokens[first - 1]
  const after = tokens[last + 1]
  const [left, right] = [before?.text.toUpperCase(), after?.text.toUpperCase()]
  if (left === 'AND' && ENDS.has(right ?? '')) return { start: before?.start ?? 0, end: literal.end }
  if (left === 'WHERE' && right === 'AND') return { start: tokens[first]?.start ?? 0, end: after?.end ?? literal.end }
  if (left === 'WHERE' && right !== 'OR' && ENDS.has(right ?? ''))
    return { start: before?.start ?? 0, end: literal.end }
  return undefined
}

const ENDS = new Set(['', ')', 'AND', 'GROUP', 'ORDER', 'HAVING', 'LIMIT', 'UNION', 'INTERSECT', 'EXCEPT'])
