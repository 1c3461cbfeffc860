import { applyEdits, applyFixes, type Edit, type Fix } from '../../sql/apply-edits.ts'
import { isUnique } from '../../sql/key-link.ts'
import { quoteName } from '../../sql/quote-name.ts'
import { type Reference, readScopes, type Scope, type Source } from '../../sql/read-scopes.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'
import { type Token, tokenizeSql } from '../../sql/tokenize-sql.ts'
import { words } from '../../words/split-words.ts'
import { joinedPair, type Side } from '../joins/mend-joins.ts'
import { type Asked, standsFor, unexplainedWords } from './unexplained-words.ts'

/**
 * The query without joins from which it takes nothing but the column it joins by, and of which the question says nothing: they lose rows
 * that have no partner and repeat those that have several. A join stays where rows are counted over it, where it is the only condition of a
 * part of a query, and where a word of the question may be what it is for ("Who has bought something?").
 */
export function dropUnaskedJoins(sql: string, asked: Asked, names: SchemaNames): { sql: string; notes: string[] } {
  const said = [...new Set(asked.known.flatMap(words))]
  return applyFixes(sql, MOST_JOINS, (text) =>
    cuts(text, said, names).find(({ edits }) => unexplainedWords(applyEdits(text, edits), asked).length === 0),
  )
}

const MOST_JOINS = 3

/**
 * A table that a query joins, takes nothing from and the question does not speak of, whether or not it could be left out. Undefined where
 * there is none.
 */
export function unaskedJoin(question: string, sql: string): string | undefined {
  const said = words(question)
  if (takesEverything(tokenizeSql(sql))) return undefined
  for (const scope of readScopes(sql)) {
    // A name without its table may be taken from anywhere.
    if (!scope.references.every(({ clause, qualifier }) => clause === 'on' || qualifier)) continue
    const found = scope.sources.find((source) => isOnlyJoined(source, scope) && !isNamed(source, scope, said))
    if (found) return found.table?.name
  }
  return undefined
}

/** Whether nothing but one condition speaks of it: one between two others ties them together. */
function isOnlyJoined({ table, alias }: Source, { sources, references }: Scope): boolean {
  const own = references.filter(({ qualifier }) => qualifier?.name.toLowerCase() === alias.toLowerCase())
  return table !== null && sources.length > 1 && own.length <= 1 && own.every(({ clause }) => clause === 'on')
}

function cuts(sql: string, said: string[], names: SchemaNames): Fix[] {
  const tokens = tokenizeSql(sql)
  if (takesEverything(tokens)) return []
  const scopes = readScopes(sql)
  const references = scopes.flatMap((scope) => scope.references)
  const mayDrop = (scope: Scope) => !aggregates(tokens) && (scopes.length === 1 || filters(scope))
  return scopes.flatMap((scope) =>
    scope.sources.flatMap((source) => {
      const join = joinOf(source, scope, { tokens, names })
      if (!join || isNamed(source, scope, said, join)) return []
      if (!isUnique(join.own.table, join.own.column) && !mayDrop(scope)) return []
      const uses = references.filter((one) => isUse(one, source, scope, join))
      const edits = uses.every((one) => isMovable(one, join)) ? removal(sql, uses, join) : undefined
      return edits ? [{ edits, note: `${join.own.table.name} was left out: the query takes nothing from it.` }] : []
    }),
  )
}

/** How a table is joined: `own` is its side, `joined` the source that the JOIN stands in front of. */
type Join = { own: Side; other: Side; source: Source; joined: Source }

/** Undefined where it is not joined to just one other table over one pair of columns, or rows without a partner are kept. */
function joinOf(
  source: Source,
  scope: Scope,
  { tokens, names }: { tokens: Token[]; names: SchemaNames },
): Join | undefined {
  const [first, second, ...more] = scope.sources
  const joined = source !== first ? source : more.length === 0 ? second : undefined
  const pair = joined && joinedPair(joined, { scope, tokens, names })
  if (!pair || isOuter(tokens, joined)) return undefined
  const [own, other] = pair.left.alias === source.alias ? [pair.left, pair.right] : [pair.right, pair.left]
  return own.alias === source.alias && other.alias !== own.alias ? { own, other, source, joined } : undefined
}

/** `SELECT *` reads all tables. */
function takesEverything(tokens: Token[]): boolean {
  return tokens.some(({ text }, at) => text === '*' && /^(?:SELECT|DISTINCT|,|\.)$/i.test(tokens[at - 1]?.text ?? ''))
}

function isOuter(tokens: Token[], { joinedAt }: Source): boolean {
  return /^(?:LEFT|RIGHT|FULL|CROSS|NATURAL)$/i.test(tokens.find(({ start }) => start >= (joinedAt ?? 0))?.text ?? '')
}

function filters({ references }: Scope): boolean {
  return references.some(({ clause }) => clause === 'where')
}

function aggregates(tokens: Token[]): boolean {
  return tokens.some(({ text }) => /^(?:COUNT|SUM|AVG|TOTAL|GROUP)$/i.test(text))
}

/**
 * Whether what was asked has a word of the table's name, or of the column it is joined by, that no other table of the query has, or any of
 * its name where it has no word of its own.
 */
function isNamed(source: Source, { sources }: Scope, said: string[], join?: Join): boolean {
  const others = new Set([
    ...sources.flatMap((one) => (one === source ? [] : words(one.table?.name ?? ''))),
    ...words(join?.other.column ?? ''),
  ])
  const telling = words(`${source.table?.name ?? ''} ${join?.own.column ?? ''}`).filter((word) => word.length > 2)
  const own = telling.filter((word) => !others.has(word))
  return (own.length > 0 || join ? own : telling).some((word) => said.some((one) => standsFor(word, one)))
}

function isUse(
  { qualifier, column, scope: from }: Reference,
  source: Source,
  scope: Scope,
  { own, joined }: Join,
): boolean {
  const on = joined.condition
  if (on && column.start >= on.start && column.end <= on.end) return false
  if (qualifier) return qualifier.name.toLowerCase() === source.alias.toLowerCase()
  return from === scope && own.table.columns.some(({ name }) => name.toLowerCase() === column.name.toLowerCase())
}

/** What is taken of the column by which it is joined, can be taken of the other one. */
function isMovable({ qualifier, clause, column }: Reference, { own }: Join): boolean {
  return qualifier !== null && clause !== 'on' && column.name.toLowerCase() === own.column.toLowerCase()
}

function removal(sql: string, uses: Reference[], { other, source, joined }: Join): Edit[] | undefined {
  const cut = source === joined ? cutJoin(joined) : startingWith(joined, sql, source)
  const moved = uses.map(({ qualifier, column }) => ({
    start: (qualifier ?? column).start,
    end: column.end,
    text: `${quoteName(other.alias)}.${quoteName(other.column)}`,
  }))
  return cut && [cut, ...moved]
}

function cutJoin({ joinedAt, condition }: Source): Edit | undefined {
  return joinedAt !== null && condition ? { start: joinedAt, end: condition.end, text: '' } : undefined
}

/** `FROM a JOIN b ON …` as `FROM b`. */
function startingWith({ joinedAt, condition }: Source, sql: string, first: Source): Edit | undefined {
  if (!first.table || !condition) return undefined
  const { start: table } = first.table
  const tokens = tokenizeSql(sql)
  const from = tokens.filter(({ end }) => end <= table).at(-1)
  const join = tokens.find(({ text, start }) => start >= (joinedAt ?? 0) && /^JOIN$/i.test(text))
  const on = tokens.filter(({ start }) => start < condition.start).at(-1)
  if (!from || !join || !on) return undefined
  return { start: from.end, end: condition.end, text: ` ${sql.slice(join.end, on.start).trim()}` }
}
