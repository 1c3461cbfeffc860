import type { Schema } from '#databases/schema/schema.ts'
import type { ValueHint } from '../linking/link-values.ts'
import { movePeriods } from '../periods/move-periods.ts'
import type { Turn } from '../question.ts'
import { applyEdits } from '../sql/apply-edits.ts'
import { quoteName } from '../sql/quote-name.ts'
import { readScopes } from '../sql/read-scopes.ts'
import { referredColumn } from '../sql/referred-column.ts'
import { schemaNames } from '../sql/schema-names.ts'
import { isWord, type Token, tokenizeSql } from '../sql/tokenize-sql.ts'
import type { Understood } from '../understand.ts'
import { words } from '../words/split-words.ts'

/**
 * The query of a follow-up that only moves the period ("and last month?") or only narrows by a value ("only in France"), made from the
 * turn before by changing nothing else. Null where the follow-up asks for more than that: then the model writes.
 */
export function editFollowUp(text: string, { sql }: Turn, understood: FollowedUp): string | null {
  const { named, kept, values, coverage } = understood
  if (coverage.unknown.length > 0 || !leadsOn(text, understood)) return null
  const [period, ...morePeriods] = named
  const [before, ...moreBefore] = kept
  if (period && before && morePeriods.length + moreBefore.length === 0 && coverage.known.length === 0) {
    return movePeriods(sql, [{ from: before, to: period }])
  }
  const [value, ...moreValues] = values
  return value && moreValues.length === 0 && named.length === 0 ? narrow(sql, value, understood.schema) : null
}

export type FollowedUp = Pick<Understood, 'named' | 'kept' | 'values' | 'coverage' | 'schema'>

/** "And only in …": words that lead on to the period or value, and the tables' own names, but nothing that asks for something else. */
function leadsOn(text: string, { named, values, schema }: FollowedUp): boolean {
  const parts = [...named.map((period) => period.text), ...values.map((value) => value.matched)]
  const rest = parts.reduce((left, part) => left.replace(part, ' '), text)
  const tables = new Set(schema.tables.flatMap((table) => words(table.name)))
  const [first, ...others] = words(rest)
  return first !== undefined && LEADING.has(first) && others.every((word) => LEADING.has(word) || tables.has(word))
}

const LEADING = new Set(
  'and but now ok okay then only just in from for of with by what how about the last this since during on those one to at please same'.split(
    ' ',
  ),
)

/** Puts the value in the place of the one that its column is compared with, wherever it is, or adds a condition where it is with none. */
function narrow(whole: string, value: ValueHint, schema: Schema): string | null {
  const sql = whole.replace(/[\s;]+$/, '')
  const tokens = tokenizeSql(sql)
  const literal = `'${value.value.replaceAll("'", "''")}'`
  const compared = comparisonsWith(value.column, sql, schema)
  if (compared === null || tokens.some((token, at) => isEither(token, tokens[at - 1]))) return null
  if (compared.length === 0) return withCondition(sql, tokens, value.column, literal)
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
    if (operator?.text === '=' && compared?.kind === 'string') literals.push(compared)
    else if (reference.clause === 'where' || reference.literals.length > 0) return null
  }
  return new Set(literals.map((token) => token.name.toLowerCase())).size > 1 ? null : literals
}

/** The table and the column of `table.column`. */
function namesOf(column: string): (string | undefined)[] {
  return tokenizeSql(column).flatMap(({ kind, name }) => (kind === 'symbol' ? [] : [name]))
}

/** Words with which a condition holds for other rows than those of one value; "IS NOT NULL" has nothing to do with that. */
function isEither(token: Token, before: Token | undefined): boolean {
  return isWord(token, 'OR') || (isWord(token, 'NOT') && !(before && isWord(before, 'IS')))
}

function withCondition(sql: string, tokens: Token[], column: string, literal: string): string | null {
  const outer = tokens.filter((_, index) => depthAt(tokens, index) === 0)
  if (outer.some((token) => TOO_COMPLEX.has(token.text.toUpperCase()))) return null
  const [table = '', name = ''] = namesOf(column)
  const sources = readScopes(sql)[0]?.sources ?? []
  const [source, ...others] = sources.filter((one) => one.table?.name.toLowerCase() === table.toLowerCase())
  if (sources.length === 0 || others.length > 0) return null
  const where = outer.find((token) => isWord(token, 'WHERE'))
  const tail = outer.find((token) => TAIL.has(token.text.toUpperCase()))
  const end = tail ? tokens[tokens.indexOf(tail) - 1]?.end : tokens.at(-1)?.end
  if (end === undefined) return null
  const place = source && source.alias !== table ? `${quoteName(source.alias)}.${quoteName(name)}` : column
  return `${sql.slice(0, end)} ${where ? 'AND' : 'WHERE'} ${place} = ${literal}${sql.slice(end)}`
}

function depthAt(tokens: Token[], index: number): number {
  return tokens.slice(0, index).reduce((depth, { text }) => depth + (text === '(' ? 1 : text === ')' ? -1 : 0), 0)
}

const TOO_COMPLEX = new Set(['UNION', 'INTERSECT', 'EXCEPT', 'WITH', 'HAVING', 'VALUES'])
const TAIL = new Set(['GROUP', 'ORDER', 'LIMIT'])
