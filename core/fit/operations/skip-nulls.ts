import { applyEdits, type Edit } from '../../sql/apply-edits.ts'
import { mayBeNull } from '../../sql/may-be-null.ts'
import { outermost } from '../../sql/outermost.ts'
import { type Reference, readScopes } from '../../sql/read-scopes.ts'
import { referredColumn } from '../../sql/referred-column.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'
import { isWord, type Token, tokenizeSql } from '../../sql/tokenize-sql.ts'

/**
 * Keeps what is not known out of two places where it decides for everything else: `NOT IN (SELECT customer_id …)` finds nothing as soon as
 * one row has none, and the lowest price is none where one is missing. Columns that cannot be empty stay as they are.
 */
export function skipNulls(sql: string, names: SchemaNames): string {
  const tokens = tokenizeSql(sql)
  const references = readScopes(sql).flatMap((scope) => scope.references)
  const nullable = new Map(
    references.filter((one) => isNullable(one, names)).map((one) => [one.column.start, one] as const),
  )
  const edits = tokens.flatMap(
    (_, at) => missingKeys(tokens, at, nullable) ?? missingLowest(tokens, at, nullable) ?? [],
  )
  return applyEdits(sql, edits)
}

type Nullable = Map<number, Reference>

function isNullable(reference: Reference, names: SchemaNames): boolean {
  const found = referredColumn(reference, names)
  return found !== undefined && mayBeNull(found.column, names.table(found.table))
}

/** `NOT IN (SELECT x FROM t)`, which is given a condition that x is known. */
function missingKeys(tokens: Token[], at: number, nullable: Nullable): Edit[] | undefined {
  const opening = [tokens[at + 1], tokens[at + 2], tokens[at + 3]]
  if (
    !isWord(tokens[at], 'NOT') ||
    !isWord(opening[0], 'IN') ||
    opening[1]?.text !== '(' ||
    !isWord(opening[2], 'SELECT')
  )
    return undefined
  const all = untilClosed(tokens.slice(at + 4))
  const inner = outermost(all)
  const [first, ...rest] = isWord(inner[0], 'DISTINCT') ? inner.slice(1) : inner
  const selected = rest[0]?.text === '.' ? [first, ...rest.slice(0, 2)] : [first]
  const column = selected.at(-1)
  const has = (...words: string[]) => inner.some((token) => words.some((word) => isWord(token, word)))
  if (!column || !nullable.has(column.start) || !isWord(inner[inner.indexOf(column) + 1], 'FROM')) return undefined
  if (has('LIMIT', 'UNION', 'INTERSECT', 'EXCEPT', 'NULL', 'OR')) return undefined
  const behind = inner.find((token) => BEHIND_WHERE.some((word) => isWord(token, word)))
  const end = all.filter((token) => !behind || token.start < behind.start).at(-1)?.end ?? 0
  const name = selected.map((token) => token?.text).join('')
  return [{ start: end, end, text: ` ${has('WHERE') ? 'AND' : 'WHERE'} ${name} IS NOT NULL` }]
}

const BEHIND_WHERE = ['GROUP', 'HAVING', 'ORDER']

/** `ORDER BY x LIMIT n`, which is told to put what is not known last. */
function missingLowest(tokens: Token[], at: number, nullable: Nullable): Edit[] | undefined {
  if (!isWord(tokens[at], 'ORDER') || !isWord(tokens[at + 1], 'BY')) return undefined
  const key = tokens[at + 3]?.text === '.' ? at + 4 : at + 2
  const last = isWord(tokens[key + 1], 'ASC') ? key + 1 : key
  const next = tokens[last + 1]
  const isLimited = isWord(next, 'LIMIT') || (next?.text === ',' && isCutOff(tokens.slice(last)))
  if (!nullable.has(tokens[key]?.start ?? -1) || !isLimited) return undefined
  const end = tokens[last]?.end ?? 0
  return [{ start: end, end, text: ' NULLS LAST' }]
}

function isCutOff(tokens: Token[]): boolean {
  return untilClosed(tokens).some((token) => isWord(token, 'LIMIT'))
}

/** The tokens before the parenthesis that closes what they are in. */
function untilClosed(tokens: Token[]): Token[] {
  let depth = 0
  const end = tokens.findIndex(({ text }) => {
    if (text === '(') depth++
    return text === ')' && depth-- === 0
  })
  return end < 0 ? tokens : tokens.slice(0, end)
}
