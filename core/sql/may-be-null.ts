import type { Column, Table } from '#databases/schema/schema.ts'

/** Whether some row of a table may have no value in a column, as far as the schema and the rows that were looked at say. */
export function mayBeNull(column: Column, table: Table | null | undefined): boolean {
  return !column.notNull && column.hasNulls !== false && !table?.primaryKey.includes(column.name)
}
