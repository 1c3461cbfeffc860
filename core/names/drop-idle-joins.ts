import { applyFixes, type Edit, type Fix } from './apply-edits.ts'
import { joinedPair, type Side } from './mend-joins.ts'
import { quoteName } from './quote-name.ts'
import { type Reference, readScopes, type Scope, type Source } from './read-scopes.ts'
import type { SchemaNames } from './schema-names.ts'
import { words } from './similar-name.ts'
import { type Token, tokenizeSql } from './tokenize-sql.ts'

/**
 * Leaves out joins from which a query takes nothing but the column it joins by, and of which the question says nothing: they lose rows that
 * have no partner and repeat those that have several. A join that rows are counted over stays, and so does one that is the only condition.
 * `asked` are the question and what belongs to it.
 */
export function dropIdleJoins(sql: string, names: SchemaNames, asked: string[]): { sql: string; notes: string[] } {
  const said = new Set(asked.flatMap(words))
  return applyFixes(sql, MOST_JOINS, (text) => firstIdle(text, names, said))
}

const MOST_JOINS = 3

function firstIdle(sql: string, names: SchemaNames, said: Set<string>): Fix | undefined {
  const tokens = tokenizeSql(sql)
  if (takesEverything(tokens)) return undefined
  const scopes = readScopes(sql)
  const known = { tokens, said, names, references: scopes.flatMap((scope) => scope.references) }
  for (const scope of scopes) {
    for (const source of scope.sources.slice(1)) {
      const found = idle(source, scope, known)
      if (found) return found
    }
  }
  return undefined
}

type Known = { tokens: Token[]; said: Set<string>; names: SchemaNames; references: Reference[] }

function idle(source: Source, scope: Scope, { tokens, said, names, references }: Known): Fix | undefined {
  const pair = joinedPair(source, { scope, tokens, names })
  if (!pair || isOuter(tokens, source)) return undefined
  const [own, other] = pair.left.alias === source.alias ? [pair.left, pair.right] : [pair.right, pair.left]
  if (own.alias !== source.alias || other.alias === own.alias) return undefined
  if (isMentioned({ scope, source, said, own, other })) return undefined
  const onlyRepeats = filters(scope) && !aggregates(tokens)
  if (!isUnique(own) && !onlyRepeats) return undefined
  const uses = references.filter((one) => isUse(one, { source, scope, own }))
  return uses.every((one) => isMovable(one, own))
    ? { edits: removal(source, uses, other), note: `${own.table.name} was left out: nothing is taken from it.` }
    : undefined
}

/** What is taken of the column by which it is joined, can be taken of the other one. */
function isMovable({ qualifier, clause, column }: Reference, own: Side): boolean {
  return qualifier !== null && clause !== 'on' && column.name.toLowerCase() === own.column.toLowerCase()
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

/** Whether every row finds at most one partner. */
function isUnique({ table, column }: Side): boolean {
  return [table.primaryKey, ...table.uniqueKeys].some((key) => key.length === 1 && key[0] === column)
}

type Mention = { scope: Scope; source: Source; said: Set<string>; own: Side; other: Side }

/** Whether the question has a word of the table's name, or of the column it is joined by, that the rest of the query does not explain. */
function isMentioned({ scope, source, said, own, other }: Mention): boolean {
  const tables = scope.sources.flatMap((one) => (one === source ? [] : words(one.table?.name ?? '')))
  const explained = new Set([...tables, ...words(other.column)])
  return words(`${own.table.name} ${own.column}`).some(
    (word) => word.length > 2 && !explained.has(word) && said.has(word),
  )
}

type Taken = { source: Source; scope: Scope; own: Side }

function isUse({ qualifier, column, scope: from }: Reference, { source, scope, own }: Taken): boolean {
  const { condition: on, alias } = source
  if (on && column.start >= on.start && column.end <= on.end) return false
  if (qualifier) return qualifier.name.toLowerCase() === alias.toLowerCase()
  return from === scope && own.table.columns.some(({ name }) => name.toLowerCase() === column.name.toLowerCase())
}

function removal({ joinedAt, condition: on }: Source, uses: Reference[], other: Side): Edit[] {
  const moved = uses.map(({ qualifier, column }) => ({
    start: (qualifier ?? column).start,
    end: column.end,
    text: `${quoteName(other.alias)}.${quoteName(other.column)}`,
  }))
  return [{ start: joinedAt ?? 0, end: on?.end ?? 0, text: '' }, ...moved]
}
