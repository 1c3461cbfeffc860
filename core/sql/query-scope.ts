import type { ColumnReference, Expression, Query, SelectItem, Source } from '#databases/gate/query.ts'
import type { Column, Schema, Table } from '#databases/schema/schema.ts'
import { humanName } from '../format/human-name.ts'

/** The sources that a query's column names can mean; `outer` are those of the query around it. */
export type QueryScope = { sources: ScopedSource[]; outer: QueryScope | null; items: SelectItem[] }

/** `name` is what SQL calls it, `words` what a person may; `table` is null for what is computed. */
export type ScopedSource = {
  name: string
  words: string
  table: Table | null
  columns: string[] | null
  /** True where an outer join may find no row of it. */
  optional: boolean
}

/** Names that say little without their table. */
const GENERIC =
  /^(?:id|name|title|type|status|date|time|year|code|description|number|value|amount|total|count|key|label|notes?)$/i

/** The scope of one SELECT. A table that occurs twice is told apart by its alias. */
export function scopeOf(sources: Source[], items: SelectItem[], outer: QueryScope | null, schema: Schema): QueryScope {
  const flat = sources.flatMap(flatten)
  const tables = flat.map((source) => (source.kind === 'table' ? source.name.toLowerCase() : ''))
  const isRepeated = (name: string) => tables.filter((other) => other === name.toLowerCase()).length > 1
  const named = flat.map((source, index) => {
    const missesOwn = source.join?.type === 'left' || source.join?.type === 'full'
    const missedLater = flat.slice(index + 1).some(({ join }) => join?.type === 'right' || join?.type === 'full')
    return { ...scoped(source, isRepeated, schema), optional: missesOwn || missedLater }
  })
  return { sources: named, outer, items }
}

export function flatten(source: Source): Source[] {
  return source.kind === 'group' ? source.sources.flatMap(flatten) : [source]
}

/** Where a column comes from: the source in the nearest query that has it; null for a computed column. */
export function ownerOf(reference: ColumnReference, scope: QueryScope | null): ScopedSource | null {
  if (!scope) return null
  const found = reference.table
    ? scope.sources.find((source) => same(source.name, reference.table ?? ''))
    : (scope.sources.find((source) => hasColumn(source, reference.name)) ?? onlySource(scope))
  return found ?? ownerOf(reference, scope.outer)
}

/** The schema's column that a reference means. */
export function columnOf(expression: Expression, scope: QueryScope): Column | null {
  if (expression.kind === 'collate') return columnOf(expression.of, scope)
  if (expression.kind !== 'column') return null
  return ownerOf(expression, scope)?.table?.columns.find(({ name }) => same(name, expression.name)) ?? null
}

/** "status", or "name of customers" where a name alone could mean several columns. */
export function columnWords(reference: ColumnReference, scope: QueryScope): string {
  const owner = ownerOf(reference, scope)
  const words = humanName(columnOf(reference, scope)?.name ?? reference.name)
  const isOuter = owner !== null && !scope.sources.includes(owner)
  const isAlone = scope.sources.length < 2 && !isOuter && scope.outer === null
  if (!owner || isAlone) return words
  const rivals = scope.sources.filter((source) => source !== owner && hasColumn(source, reference.name))
  const isUnclear = isOuter || rivals.length > 0 || (scope.sources.length > 1 && GENERIC.test(reference.name))
  if (!isUnclear) return words
  const isNamesake = isOuter && scope.sources.some((source) => source.words === owner.words)
  return `${words} of ${isNamesake ? 'the row in question' : owner.words}`
}

/** Whether a name is a column of a source, which comes before an alias of the same name everywhere but in ORDER BY. */
export function isColumn(reference: ColumnReference, scope: QueryScope): boolean {
  return scope.sources.some((source) => hasColumn(source, reference.name))
}

/** The select item that an alias stands for, as in ORDER BY total. */
export function aliased(expression: Expression, scope: QueryScope): Expression | null {
  if (expression.kind !== 'column' || expression.table) return null
  return scope.items.find(({ alias }) => alias !== null && same(alias, expression.name))?.expression ?? null
}

/** A double-quoted name that no source can have is a text: SQLite reads it so where a value is compared. */
export function isQuotedText(reference: ColumnReference, scope: QueryScope | null): boolean {
  if (scope === null) return true
  const isUnknown = scope.sources.every((source) => source.table !== null && !hasColumn(source, reference.name))
  return reference.quoted && reference.table === null && isUnknown && isQuotedText(reference, scope.outer)
}

export function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

export function tableOf(name: string, schema: Schema): Table | null {
  return schema.tables.find((table) => same(table.name, name)) ?? null
}

function scoped(source: Source, isRepeated: (name: string) => boolean, schema: Schema): Omit<ScopedSource, 'optional'> {
  if (source.kind === 'table') {
    const table = tableOf(source.name, schema)
    const words = humanName(table?.name ?? source.name)
    const isTold = source.alias !== null && isRepeated(source.name)
    return {
      name: source.alias ?? source.name,
      words: isTold ? `${words} (${humanName(source.alias ?? '')})` : words,
      table,
      columns: null,
    }
  }
  if (source.kind === 'function') {
    return { name: source.alias ?? source.name, words: `the result of ${source.name}`, table: null, columns: null }
  }
  const columns = source.kind === 'query' ? outputColumns(source.query) : null
  const words = source.alias ? `the intermediate result ${humanName(source.alias)}` : 'the intermediate result'
  return { name: source.alias ?? '', words, table: null, columns }
}

/** The names of a query's columns that can be referred to; null where a star hides them. */
export function outputColumns({ body }: Query): string[] | null {
  if (body.kind === 'set') return outputColumns(body.left)
  if (body.kind === 'values') return []
  if (body.items.some(({ expression }) => expression.kind === 'star')) return null
  return body.items.flatMap(({ alias, expression }) => alias ?? (expression.kind === 'column' ? expression.name : []))
}

function hasColumn({ table, columns }: ScopedSource, name: string): boolean {
  return (table?.columns.map((column) => column.name) ?? columns ?? []).some((other) => same(other, name))
}

function onlySource({ sources }: QueryScope): ScopedSource | undefined {
  const [only, ...others] = sources
  return others.length === 0 && only && !only.table && !only.columns ? only : undefined
}
