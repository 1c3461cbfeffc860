import { foldName } from '../schema/quote-name.ts'
import type { ColumnReference } from './query.ts'

/** A column that a source or a query gives; `source` says which of the schema's it is, null where it is computed. */
export type Output = { name: string; source: ColumnReference['source'] }

/** What stands in a FROM clause. `columns` is null where they are not known: then any name may be one of them. */
export type Relation = { alias: string; columns: Output[] | null; kind: 'table' | 'other' }

/** The names that one SELECT can see; `parent` is the SELECT around it. */
export type Scope = {
  relations: Relation[]
  /** Names of the results, where the clause at hand may use them; they give way to columns but for ORDER BY. */
  results: Output[]
  resultsFirst: boolean
  parent: Scope | null
}

type Found = { source: ColumnReference['source'] }

/** Looks a column up as SQLite does, from the innermost scope outwards. Null: it leads nowhere, for certain. */
export function lookUp(reference: ColumnReference, scope: Scope | null): Found | null {
  for (let at = scope; at !== null; at = at.parent) {
    const found = reference.table === null ? unqualified(reference.name, at) : qualified(reference, at)
    if (found !== null) return found
  }
  return isKeyword(reference) ? { source: null } : null
}

function unqualified(name: string, scope: Scope): Found | null {
  const result = columnNamed(scope.results, name)
  if (scope.resultsFirst && result !== null) return result
  for (const { columns } of scope.relations) {
    const found = columns === null ? null : columnNamed(columns, name)
    if (found !== null) return found
  }
  if (result !== null) return result
  const unsure = scope.relations.some(({ columns }) => columns === null)
  return unsure || (isRowid(name) && scope.relations.length > 0) ? { source: null } : null
}

function qualified({ table, name }: ColumnReference, scope: Scope): Found | null {
  for (const relation of scope.relations) {
    if (foldName(relation.alias) !== foldName(table ?? '')) continue
    if (relation.columns === null || isRowid(name)) return columnNamed(relation.columns ?? [], name) ?? { source: null }
    const found = columnNamed(relation.columns, name)
    if (found !== null) return found
  }
  return null
}

function columnNamed(columns: Output[], name: string): Found | null {
  const column = byName(columns).get(foldName(name))
  return column === undefined ? null : { source: column.source }
}

const indexed = new WeakMap<Output[], Map<string, Output>>()

/** The first column of each name. Made once: thousands of names may be looked up among thousands of columns. */
function byName(columns: Output[]): Map<string, Output> {
  const known = indexed.get(columns)
  if (known !== undefined) return known
  const made = new Map(columns.map((column) => [foldName(column.name), column] as const).reverse())
  indexed.set(columns, made)
  return made
}

function isRowid(name: string): boolean {
  return /^(rowid|oid|_rowid_)$/i.test(name)
}

/** Words that are values where no column has that name. */
function isKeyword({ name, quoted, table }: ColumnReference): boolean {
  return table === null && !quoted && /^(true|false|current_date|current_time|current_timestamp)$/i.test(name)
}
