import { applyEdits, type Edit } from '../../sql/apply-edits.ts'
import { quoteName } from '../../sql/quote-name.ts'
import { type Reference, readScopes } from '../../sql/read-scopes.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'
import { isWord, type Token, tokenizeSql } from '../../sql/tokenize-sql.ts'
import { hardlyBelong, type Side } from './mend-joins.ts'

/**
 * `x IN (SELECT y FROM t …)` where x and y hardly belong together, and one column of t is what a foreign key joins x with: that column is
 * taken. ("apartments.id IN (SELECT booking_id FROM bookings)" where bookings has an apartment_id.)
 */
export function mendMemberships(sql: string, names: SchemaNames): { sql: string; notes: string[] } {
  const notes: string[] = []
  const edits = oddMemberships(sql, names).flatMap(({ outer, inner, token }): Edit[] => {
    const linked = inner.table.columns.filter(({ name }) =>
      names.areLinked(outer, { table: inner.table, column: name }),
    )
    const [only] = linked
    if (!only || linked.length > 1) return []
    notes.push(`${inner.table.name}.${only.name} was taken, which belongs to ${outer.table.name}.${outer.column}.`)
    return [{ start: token.start, end: token.end, text: quoteName(only.name) }]
  })
  return { sql: applyEdits(sql, edits), notes }
}

/** The first such pair that could not be mended, as it stands in the query; undefined where there is none. */
export function oddMembership(sql: string, names: SchemaNames): string | undefined {
  const [odd] = oddMemberships(sql, names)
  return odd && `${odd.outer.table.name}.${odd.outer.column} with ${odd.inner.table.name}.${odd.inner.column}`
}

type Membership = { outer: Side; inner: Side; token: Token }

function oddMemberships(sql: string, names: SchemaNames): Membership[] {
  const tokens = tokenizeSql(sql)
  const references = new Map(
    readScopes(sql).flatMap((scope) => scope.references.map((one) => [one.column.start, one] as const)),
  )
  return tokens.flatMap((token, at) => {
    if (!isWord(token, 'IN') || tokens[at + 1]?.text !== '(' || !isWord(tokens[at + 2], 'SELECT')) return []
    const before = isWord(tokens[at - 1], 'NOT') ? tokens[at - 2] : tokens[at - 1]
    const selected = onlySelected(tokens.slice(at + 3))
    const [left, right] = [before, selected].map((one) => sideOf(references.get(one?.start ?? -1), names))
    return selected && left && right && hardlyBelong({ left, right }, names)
      ? [{ outer: left, inner: right, token: selected }]
      : []
  })
}

/** The column of `[DISTINCT] [t.]column FROM`; undefined where more, or something else, is selected. */
function onlySelected(tokens: Token[]): Token | undefined {
  const [first, ...rest] = isWord(tokens[0], 'DISTINCT') ? tokens.slice(1) : tokens
  const column = rest[0]?.text === '.' ? rest[1] : first
  return isWord(tokens[tokens.indexOf(column as Token) + 1], 'FROM') ? column : undefined
}

function sideOf(reference: Reference | undefined, names: SchemaNames): Side | undefined {
  if (!reference) return undefined
  const { qualifier, column, scope } = reference
  const sides = scope.sources.flatMap(({ alias, table: token }) => {
    const table = token && names.table(token.name)
    const name = table && names.column(table.name, column.name)
    const isCalled = !qualifier || qualifier.name.toLowerCase() === alias.toLowerCase()
    return isCalled && table && name ? [{ alias, table, column: name }] : []
  })
  return sides.length === 1 ? sides[0] : undefined
}
