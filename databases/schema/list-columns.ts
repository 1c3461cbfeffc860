import { fileFailure } from '../file-failure.ts'
import { openReadOnly } from '../sandbox/open-read-only.ts'
import { readStructure } from './read-structure.ts'

/** A column by its names alone. */
export type NamedColumn = { table: string; column: string }

/**
 * The columns of a database's tables, views left out, without a look at any row: what is needed to decide which of them
 * are to be hidden. To be run in a sandbox process.
 */
export function listColumns({ path }: { path: string }): NamedColumn[] {
  let db: ReturnType<typeof openReadOnly> | undefined
  try {
    db = openReadOnly(path)
    return readStructure(db, [])
      .tables.filter(({ kind }) => kind === 'table')
      .flatMap((table) => table.columns.map((column) => ({ table: table.name, column: column.name })))
  } catch (error) {
    throw fileFailure(error, path)
  } finally {
    db?.close()
  }
}
