import type { Table } from '#databases/schema/schema.ts'

/** Whether a column is part of the table's primary key or of a foreign key, and so tells rows apart or joins them. */
export function isKey(table: Table, column: string): boolean {
  return table.primaryKey.includes(column) || table.foreignKeys.some(({ columns }) => columns.includes(column))
}
