import { conjuncts, type Expression, operandsOf, type Select } from '#databases/gate/query.ts'
import type { Table } from '#databases/schema/schema.ts'
import { isUnique } from '../sql/key-link.ts'
import { aliased, flatten, ownerOf, type QueryScope, type ScopedSource, same } from '../sql/query-scope.ts'
import type { SchemaNames } from '../sql/schema-names.ts'
import { words } from '../words/split-words.ts'

type SourceColumn = { source: ScopedSource; name: string }

/** `column` has one value for every row of `by`, or in the whole result (or group) where `by` is null. */
export type Fixed = { column: SourceColumn; by: SourceColumn | null }

/** What the joins, conditions and groups of a SELECT fix. */
export function fixedColumns(select: Select, scope: QueryScope): Fixed[] {
  const joins = select.from.flatMap(flatten).flatMap(({ join }) => join ?? [])
  const conditions = [select.where, ...joins.map(({ on }) => on)].flatMap(conjuncts)
  const shared = joins.flatMap(({ using }) => using).flatMap((name) => sharedColumns(name, scope))
  return [...conditions.flatMap((condition) => fixedBy(condition, scope)), ...shared, ...grouped(select, scope)]
}

/** The sources that have one row at most for every row of those given, which are among them. */
export function settledSources(given: ScopedSource[], scope: QueryScope, fixed: Fixed[]): Set<ScopedSource> {
  const settled = new Set(given)
  for (let size = -1; size < settled.size; ) {
    size = settled.size
    for (const source of scope.sources) {
      const own = fixed.filter(({ column, by }) => column.source === source && (!by || settled.has(by.source)))
      if (source.table && isOneRow(source.table, own)) settled.add(source)
    }
  }
  return settled
}

/** A source that is joined with several rows to one of those that are settled: over the key of the settled one, or a foreign key. */
export function repeaterOf(
  settled: Set<ScopedSource>,
  fixed: Fixed[],
  names: SchemaNames,
): { source: ScopedSource; table: Table } | undefined {
  for (const { column, by } of fixed) {
    const { table } = column.source
    if (table?.kind !== 'table' || !by?.source.table || settled.has(column.source) || !settled.has(by.source)) continue
    const isLinked = names.areLinked({ table, column: column.name }, { table: by.source.table, column: by.name })
    if (isLinked || isUnique(by.source.table, by.name)) return { source: column.source, table }
  }
  return undefined
}

function fixedBy(condition: Expression, scope: QueryScope): Fixed[] {
  if (condition.kind !== 'compare' || condition.operator !== '=' || condition.negated) return []
  const { left, right } = condition
  const [one, other] = [sourceColumn(left, scope), sourceColumn(right, scope)]
  if (one && other) return one.source === other.source ? [] : bothWays(one, other)
  if (one && !readsColumns(right, scope)) return [{ column: one, by: null }]
  return other && !readsColumns(left, scope) ? [{ column: other, by: null }] : []
}

function bothWays(one: SourceColumn, other: SourceColumn): Fixed[] {
  return [
    { column: one, by: other },
    { column: other, by: one },
  ]
}

/** USING (name): the same in all sources that have it. */
function sharedColumns(name: string, { sources }: QueryScope): Fixed[] {
  const having = sources.filter(({ table }) => table?.columns.some((column) => same(column.name, name)))
  const [first, ...others] = having.map((source) => ({ source, name }))
  return first ? others.flatMap((other) => bothWays(first, other)) : []
}

function grouped({ groupBy, items }: Select, scope: QueryScope): Fixed[] {
  return groupBy.flatMap((expression) => {
    const numbered = expression.kind === 'literal' ? items[Number(expression.value) - 1]?.expression : undefined
    const column = sourceColumn(numbered ?? aliased(expression, scope) ?? expression, scope)
    return column ? [{ column, by: null }] : []
  })
}

function sourceColumn(expression: Expression, scope: QueryScope): SourceColumn | undefined {
  if (expression.kind !== 'column') return undefined
  const source = ownerOf(expression, scope)
  return source ? { source, name: expression.name } : undefined
}

function readsColumns(expression: Expression, scope: QueryScope): boolean {
  return sourceColumn(expression, scope) !== undefined || operandsOf(expression).some((one) => readsColumns(one, scope))
}

/**
 * Whether the fixed columns leave one row: a key of the table, a name that is asked for (few databases declare it unique), or all that a
 * table refers to others by, as with one that ties two others together.
 */
function isOneRow(table: Table, fixed: Fixed[]): boolean {
  const isFixed = (name: string) => fixed.some(({ column }) => same(column.name, name))
  const isNamed = fixed.some(({ column, by }) => by === null && isOwnName(column.name, table))
  const keys = [table.primaryKey, ...table.uniqueKeys].filter((key) => key.length > 0)
  const referring = [...new Set(table.foreignKeys.flatMap(({ columns }) => columns))]
  return isNamed || keys.some((key) => key.every(isFixed)) || (referring.length > 1 && referring.every(isFixed))
}

/** product_name or productname of products, but not their category_name. */
function isOwnName(column: string, table: Table): boolean {
  const rest = words(table.name).reduce((left, word) => left.replace(word, ''), words(column).join(''))
  return /^(?:first|last|full)?(?:name|title|label)$/.test(rest)
}
