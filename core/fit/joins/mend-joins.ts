import type { Table } from '#databases/schema/schema.ts'
import { applyFixes, type Fix } from '../../sql/apply-edits.ts'
import { holdsNumbers } from '../../sql/holds-numbers.ts'
import { readScopes, type Scope, type Source } from '../../sql/read-scopes.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'
import { type Token, tokenizeSql } from '../../sql/tokenize-sql.ts'
import { joinOverKeys } from './join-table.ts'

/**
 * Joins whose condition names columns that exist but belong to other tables' keys ("advisor.i_id = student.id", where i_id references the
 * instructors), or that compare a column with itself: joined over the foreign keys instead, with the tables in between where the two are
 * no neighbours. A pair of columns that might be meant stays as it is.
 */
export function mendJoins(sql: string, names: SchemaNames): { sql: string; notes: string[] } {
  return applyFixes(sql, MOST_JOINS, (text) => firstFix(text, names))
}

/** A condition of a join that mending could do nothing for, though its columns hardly belong together; undefined where there is none. */
export function oddJoin(sql: string, names: SchemaNames): string | undefined {
  const [odd] = oddSources(sql, names)
  return odd && sql.slice(odd.source.condition?.start, odd.source.condition?.end)
}

const MOST_JOINS = 3

/** Farther apart than with two tables in between, two are hardly asked for together. */
const NEAR = 3

function firstFix(sql: string, names: SchemaNames): Fix | undefined {
  const joined = oddSources(sql, names).map(({ source, scope }) => joinOverKeys(source, scope, names))
  return joined.find((one) => one && one.joins <= NEAR)?.fix
}

/** The tables that are joined by an implausible pair of columns. */
function oddSources(sql: string, names: SchemaNames): { source: Source; scope: Scope }[] {
  const tokens = tokenizeSql(sql)
  return readScopes(sql).flatMap((scope) =>
    scope.sources.flatMap((source) => {
      const pair = joinedPair(source, { scope, tokens, names })
      return pair && isImplausible(pair, names) ? [{ source, scope }] : []
    }),
  )
}

/** A column under the name by which its table is called in the query. */
export type Side = { alias: string; table: Table; column: string }
type Pair = { left: Side; right: Side }

/** The columns of a condition that is one `a.x = b.y`; undefined where it is anything else. */
export function joinedPair(
  { condition: span }: Source,
  { scope, tokens, names }: { scope: Scope; tokens: Token[]; names: SchemaNames },
): Pair | undefined {
  const within = span ? tokens.filter(({ start, end }) => start >= span.start && end <= span.end) : []
  if (within.map(({ text }) => (text === '.' || text === '=' ? text : 'x')).join('') !== 'x.x=x.x') return undefined
  const side = (alias: Token | undefined, column: Token | undefined): Side | undefined => {
    const called = scope.sources.find((one) => one.alias.toLowerCase() === alias?.name.toLowerCase())
    const table = called?.table ? names.table(called.table.name) : undefined
    const name = table && names.column(table.name, column?.name ?? '')
    return called && table && name ? { alias: called.alias, table, column: name } : undefined
  }
  const [left, right] = [side(within[0], within[2]), side(within[4], within[6])]
  return left && right ? { left, right } : undefined
}

function isImplausible(pair: Pair, names: SchemaNames): boolean {
  const { left, right } = pair
  return left.alias === right.alias ? left.column === right.column : hardlyBelong(pair, names)
}

/** Whether nothing speaks for comparing two columns: no key, no common name, and a key or a type that speaks against it. */
export function hardlyBelong({ left, right }: Pair, names: SchemaNames): boolean {
  if (left.table === right.table || names.areLinked(left, right)) return false
  const keys = [left, right].map(({ table, column }) => table.primaryKey.length === 1 && table.primaryKey[0] === column)
  // Every table may have its "id"; any other name that two tables share says that it is the same thing.
  if (isSameName(left, right)) return keys.every(Boolean) && left.column.toLowerCase() === 'id'
  return (
    pointsElsewhere(left, right) || pointsElsewhere(right, left) || keys.every(Boolean) || isOfOtherType(left, right)
  )
}

function isSameName(left: Side, right: Side): boolean {
  return left.column.toLowerCase() === right.column.toLowerCase()
}

/** A declared foreign key says what its column is compared with. */
function pointsElsewhere({ table, column }: Side, other: Side): boolean {
  const keys = table.foreignKeys.filter((key) => !key.guessed && key.columns.length === 1 && key.columns[0] === column)
  return keys.length > 0 && keys.every(({ references }) => references.table !== other.table.name)
}

/** One holds numbers and the other something else; a column without a type, as views compute, may hold anything. */
function isOfOtherType(left: Side, right: Side): boolean {
  const [one, other] = [left, right].map(({ table, column }) => table.columns.find(({ name }) => name === column)?.type)
  return Boolean(one && other) && holdsNumbers(one) !== holdsNumbers(other)
}
