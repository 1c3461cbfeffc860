import { groupBy } from '#core/group-by.ts'
import { tokenizeSql } from '#core/sql/tokenize-sql.ts'
import { words } from '#core/words/split-words.ts'
import type { Schema } from '#databases/schema/schema.ts'
import { type DatasetCase, goldOf } from '../datasets/dataset-case.ts'
import type { RefusalCase } from './refusal-case.ts'

/** Columns removed from one database: each makes it another one, which has to be read anew. */
const MOST_COLUMNS = 6

/**
 * Questions that are answerable but for one column, which is kept back: one that the gold query needs and the question names, that is no key,
 * and that no other column of the database is named like.
 */
export function nearMisses(cases: DatasetCase[], schema: Schema): RefusalCase[] {
  const removable = removableColumns(schema)
  const needed = cases.flatMap((one) => {
    const asked = new Set(words(one.question))
    const names = new Set(tokenizeSql(goldOf(one)).map(({ name }) => name.toLowerCase()))
    const column = removable.find(
      ({ name }) => names.has(name.toLowerCase()) && words(name).some((word) => asked.has(word)),
    )
    return column ? [{ one, column }] : []
  })
  const counts = groupBy(needed, ({ column }) => column)
  const chosen = [...counts].sort(([, one], [, other]) => other.length - one.length).slice(0, MOST_COLUMNS)
  return chosen.flatMap(([column, found]) =>
    found.map(({ one }) => ({
      kind: 'near-miss' as const,
      database: one.database,
      file: one.file,
      question: one.question,
      hidden: [{ table: column.table, column: column.name }],
      gold: null,
    })),
  )
}

function removableColumns(schema: Schema): { table: string; name: string }[] {
  const columns = schema.tables.flatMap((table) => table.columns.map((column) => ({ table, column })))
  const keys = new Set(
    schema.tables.flatMap((table) => [
      ...table.primaryKey.map((name) => `${table.name}.${name}`),
      ...table.foreignKeys.flatMap((key) => [
        ...key.columns.map((name) => `${table.name}.${name}`),
        ...key.references.columns.map((name) => `${key.references.table}.${name}`),
      ]),
    ]),
  )
  return columns
    .filter(
      ({ table, column }) =>
        !keys.has(`${table.name}.${column.name}`) &&
        isUnlike(
          column.name,
          columns.map((one) => one.column.name),
        ),
    )
    .map(({ table, column }) => ({ table: table.name, name: column.name }))
}

/** Whether no other column shares a telling word with this one. */
function isUnlike(name: string, all: string[]): boolean {
  const own = words(name)
  return all.filter((other) => words(other).some((word) => own.includes(word))).length === 1
}
