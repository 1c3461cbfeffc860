import type { Fix } from '../../sql/apply-edits.ts'
import { quoteName } from '../../sql/quote-name.ts'
import type { Scope, Source } from '../../sql/read-scopes.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'
import { nearestFirst } from '../../words/similar-name.ts'
import type { UnknownName } from './fix-names.ts'

/** From this likeness on, a wrong table name is taken for a misspelling. */
const ALIKE = 0.7

/** The first table that a FROM clause names and the schema lacks: how to fix it, or that it is unknown; undefined when all exist. */
export function findTableFix(scopes: Scope[], names: SchemaNames): Fix | UnknownName | undefined {
  for (const scope of scopes) {
    for (const source of scope.sources) {
      if (source.table && !names.table(source.table.name)) return fixTable(source, scope, names)
    }
  }
  return undefined
}

function fixTable(source: Source, scope: Scope, names: SchemaNames): Fix | UnknownName {
  const token = source.table
  if (!token) throw new Error('a subquery has no table name to fix')
  const near = nearestFirst(
    token.name,
    names.tables.map((table) => table.name),
  )
  const [best, second] = near
  const clear = best && best.score >= ALIKE && best.score - (second?.score ?? 0) > 0.05
  const chosen = clear ? best.name : onlyTableWithAll(columnsOf(source, scope), scope, names)
  if (!chosen) return { name: token.name, kind: 'table', near: near.map((one) => one.name) }
  // Columns may be qualified by the wrong name itself; it stays valid as an alias.
  const unaliased = source.alias === token.name && usesQualifier(scope, token.name)
  const alias = unaliased ? ` AS ${quoteName(token.name)}` : ''
  return {
    edits: [{ start: token.start, end: token.end, text: quoteName(chosen) + alias }],
    note: `There is no table ${token.name}; ${chosen} was meant.`,
  }
}

function columnsOf(source: Source, scope: Scope): string[] {
  const alone = scope.sources.length === 1
  return scope.references
    .filter((one) => (one.qualifier ? one.qualifier.name.toLowerCase() === source.alias.toLowerCase() : alone))
    .map((one) => one.column.name)
}

function usesQualifier(scope: Scope, name: string): boolean {
  return scope.references.some((one) => one.qualifier?.name.toLowerCase() === name.toLowerCase())
}

function onlyTableWithAll(columns: string[], scope: Scope, names: SchemaNames): string | undefined {
  if (columns.length === 0) return undefined
  const taken = new Set(scope.sources.map((source) => source.table?.name.toLowerCase()))
  const fitting = names.tables.filter(
    (table) => !taken.has(table.name.toLowerCase()) && columns.every((column) => names.column(table.name, column)),
  )
  return fitting.length === 1 ? fitting[0]?.name : undefined
}
