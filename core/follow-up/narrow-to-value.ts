import { quoteText } from '#databases/schema/quote-name.ts'
import type { Schema } from '#databases/schema/schema.ts'
import type { ValueHint } from '../linking/link-values.ts'
import { applyEdits } from '../sql/apply-edits.ts'
import { enclosingOf } from '../sql/enclosing-of.ts'
import { findSource } from '../sql/find-source.ts'
import { outermost } from '../sql/outermost.ts'
import { quoteName } from '../sql/quote-name.ts'
import { readScopes, type Scope, type Source } from '../sql/read-scopes.ts'
import { referredColumn } from '../sql/referred-column.ts'
import { schemaNames } from '../sql/schema-names.ts'
import { isWord, type Token, tokenizeSql } from '../sql/tokenize-sql.ts'

/** `mayAdd`: a query that does not compare the value's column yet is given a condition. */
export type Narrowing = { value: ValueHint; schema: Schema; mayAdd: boolean }

/**
 * The query for one value: it takes the place of the one that its column is compared with, wherever it is, or becomes a further condition
 * where the column is compared with none. Null where that could mean other rows than those of the value.
 */
export function narrowToValue(whole: string, { value, schema, mayAdd }: Narrowing): string | null {
  const sql = whole.replace(/[\s;]+$/, '')
  const literal = quoteText(value.value)
  const compared = comparisonsWith(value.column, sql, schema)
  if (compared === null) return null
  if (compared.length === 0) return mayAdd ? withCondition(sql, value.column, literal, schema) : null
  return applyEdits(
    sql,
    compared.map(({ start, end }) => ({ start, end, text: literal })),
  )
}

/** The one text that a query wants a column to equal, each time that it says so; null where it asks for more of the column than that. */
function comparisonsWith(column: string, sql: string, schema: Schema): Token[] | null {
  const [table, name] = namesOf(column)
  const names = schemaNames(schema, [])
  const tokens = tokenizeSql(sql)
  const literals: Token[] = []
  for (const reference of readScopes(sql).flatMap((scope) => scope.references)) {
    const found = referredColumn(reference, names)
    if (!found || found.table !== table || found.column.name !== name) continue
    const at = tokens.findIndex(({ start }) => start === reference.column.start)
    const [operator, compared] = tokens.slice(at + 1, at + 3)
    const isPlain = operator?.text === '=' && compared?.kind === 'string'
    if (isPlain && !isEither(tokens, reference.qualifier ? at - 2 : at)) literals.push(compared)
    else if (isPlain || reference.clause === 'where' || reference.literals.length > 0) return null
  }
  return new Set(literals.map((token) => token.name.toLowerCase())).size > 1 ? null : literals
}

/** The table and the column of `table.column`. */
function namesOf(column: string): (string | undefined)[] {
  return tokenizeSql(column).flatMap(({ kind, name }) => (kind === 'symbol' ? [] : [name]))
}

/** Whether a NOT or an OR makes what begins at a token hold for other rows too, itself or through parentheses around it. */
function isEither(tokens: Token[], at: number): boolean {
  const enclosing = enclosingOf(tokens)
  for (let inside: number | undefined = at; inside !== undefined; inside = enclosing[inside]) {
    const before = isWord(tokens[inside - 1], 'IN') || isWord(tokens[inside - 1], 'EXISTS') ? inside - 2 : inside - 1
    const level = enclosing[inside]
    if (
      isWord(tokens[before], 'NOT') ||
      tokens.some((token, index) => enclosing[index] === level && isWord(token, 'OR'))
    )
      return true
  }
  return false
}

function withCondition(sql: string, column: string, literal: string, schema: Schema): string | null {
  const tokens = tokenizeSql(sql)
  const outer = outermost(tokens)
  const where = outer.findIndex((token) => isWord(token, 'WHERE'))
  if (outer.some((token) => TOO_COMPLEX.has(token.text.toUpperCase()))) return null
  // The highest of all need not be the highest among those.
  if (/\(\s*select\s+(?:max|min)\s*\(/i.test(sql)) return null
  if (where >= 0 && outer.slice(where).some((token) => isWord(token, 'OR'))) return null
  const place = placeOf(column, readScopes(sql), tokens, schema)
  const tail = outer.find((token) => TAIL.has(token.text.toUpperCase()))
  const end = tail ? tokens[tokens.indexOf(tail) - 1]?.end : tokens.at(-1)?.end
  if (place === null || end === undefined) return null
  return `${sql.slice(0, end)} ${where < 0 ? 'WHERE' : 'AND'} ${place} = ${literal}${sql.slice(end)}`
}

/** A column as the outer query can name it; null where a condition there would not hold for all that the query counts. */
function placeOf(column: string, [scope, ...inner]: Scope[], tokens: Token[], schema: Schema): string | null {
  const [table = '', name = ''] = namesOf(column)
  if (!scope || scope.sources.length === 0 || scope.sources.some((source) => source.table === null)) return null
  const isOfTable = (source: Source) => source.table?.name.toLowerCase() === table.toLowerCase()
  const [source, ...others] = scope.sources.filter(isOfTable)
  if (others.length > 0 || inner.some((one) => one.sources.some(isOfTable))) return null
  // A table that is missing here would be joined to the outer query only, and must not multiply its rows.
  if (!source && (inner.length > 0 || !isLookedUp(table, scope, schema))) return null
  if (inner.some((one) => isApart(one, scope)) || seeksAbsent(scope, source, tokens)) return null
  return source && source.alias !== table ? `${quoteName(source.alias)}.${quoteName(name)}` : column
}

/** Whether foreign keys lead from what a query reads to at most one row of a table. */
function isLookedUp(table: string, { sources }: Scope, schema: Schema): boolean {
  const reached = new Set(sources.map((source) => source.table?.name.toLowerCase()))
  // A set also goes through what is added to it on the way.
  for (const name of reached) {
    const keys = schema.tables.find((one) => one.name.toLowerCase() === name)?.foreignKeys ?? []
    for (const { references } of keys) reached.add(references.table.toLowerCase())
  }
  return reached.has(table.toLowerCase())
}

/** Whether a query among the results ("… per customer", "share of all") is the same for every row, whatever the outer one is narrowed to. */
function isApart(inner: Scope, outer: Scope): boolean {
  const isResult = inner.fromEnd < (outer.sources[0]?.table?.start ?? 0)
  const isOfRow = inner.references.some(
    ({ qualifier }) => qualifier && outer.sources.includes(findSource(inner, qualifier.name) as Source),
  )
  return isResult && !isOfRow
}

/** Whether rows are asked for because a join finds none for them, to which no condition on the joined table applies. */
function seeksAbsent(scope: Scope, source: Source | undefined, tokens: Token[]): boolean {
  return (
    tokens.some((token) => OUTER_JOIN.has(token.text.toUpperCase())) &&
    scope.references.some(
      ({ nullTest, qualifier }) => nullTest && (!source || !qualifier || findSource(scope, qualifier.name) === source),
    )
  )
}

const OUTER_JOIN = new Set(['LEFT', 'RIGHT', 'FULL'])
const TOO_COMPLEX = new Set(['UNION', 'INTERSECT', 'EXCEPT', 'WITH', 'HAVING', 'VALUES'])
const TAIL = new Set(['GROUP', 'ORDER', 'LIMIT'])
