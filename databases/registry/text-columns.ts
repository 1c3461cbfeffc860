import type { Schema } from '../schema/schema.ts'

// Texts of this length are prose, which nobody names by its words.
const maxTypicalChars = 100

/** Text columns, those whose values are few first: their values are what questions name. */
export function textColumns({ tables }: Schema): { table: string; column: string }[] {
  return tables
    .filter(({ kind }) => kind === 'table')
    .flatMap((table) => table.columns.map((column) => ({ table, column })))
    .filter(({ column }) => column.dateFormat === undefined && holdsNames(column.values))
    .sort((a, b) => rank(a) - rank(b))
    .map(({ table, column }) => ({ table: table.name, column: column.name }))
}

type Placed = { table: Schema['tables'][number]; column: Schema['tables'][number]['columns'][number] }

function rank({ table, column }: Placed): number {
  return column.valuesComplete ? 0 : (table.rowCount ?? Number.MAX_SAFE_INTEGER)
}

function holdsNames(values: unknown[]): boolean {
  const texts = values.filter((value) => typeof value === 'string')
  const chars = texts.reduce((sum, text) => sum + text.length, 0)
  return texts.length * 2 > values.length && chars <= texts.length * maxTypicalChars
}
