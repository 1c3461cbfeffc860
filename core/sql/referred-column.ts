import type { Column } from '#databases/schema/schema.ts'
import { findSource } from './find-source.ts'
import type { Reference } from './read-scopes.ts'
import type { SchemaNames } from './schema-names.ts'

export type ReferredColumn = { table: string; column: Column }

/** The column of the schema that a query's reference means; undefined where its tables have none of that name. */
export function referredColumn(
  { qualifier, column, scope }: Reference,
  names: Pick<SchemaNames, 'table'>,
): ReferredColumn | undefined {
  const sources = qualifier ? [findSource(scope, qualifier.name)] : scope.sources
  for (const source of sources) {
    const table = source?.table && names.table(source.table.name)
    const found = table?.columns.find((one) => one.name.toLowerCase() === column.name.toLowerCase())
    if (table && found) return { table: table.name, column: found }
  }
  return undefined
}
