import { z } from 'zod'
import { readCaseFile } from '../../datasets/read-case-file.ts'
import type { KeyColumns } from './comparable-sql-parts.ts'

const tablesEntry = z.object({
  db_id: z.string(),
  table_names_original: z.array(z.string()),
  column_names_original: z.array(z.tuple([z.int(), z.string()])),
  foreign_keys: z.array(z.tuple([z.int(), z.int()])),
})

/** Reads a file like Spider's tables.json: for every database, which columns foreign keys make one. */
export async function readKeyColumns(path: string): Promise<Map<string, KeyColumns>> {
  const entries = await readCaseFile(
    path,
    tablesEntry,
    "a list like Spider's tables.json, one object for each database",
  )
  return new Map(entries.map((entry) => [entry.db_id, keyColumns(entry)]))
}

/** The columns that foreign keys tie together, each with the first of them. A key joins the first group that knows one of its ends. */
function keyColumns(entry: z.infer<typeof tablesEntry>): KeyColumns {
  const groups: Set<number>[] = []
  for (const key of entry.foreign_keys) {
    const group = groups.find((one) => key.some((column) => one.has(column)))
    if (group === undefined) groups.push(new Set(key))
    for (const column of key) group?.add(column)
  }
  const nameOf = (column: number): string => {
    const [table = -1, name = ''] = entry.column_names_original[column] ?? []
    return table < 0 ? '__all__' : `__${entry.table_names_original[table]}.${name}__`.toLowerCase()
  }
  return new Map(
    groups.flatMap((group) => [...group].map((column) => [nameOf(column), nameOf(Math.min(...group))] as const)),
  )
}
