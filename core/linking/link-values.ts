import type { Schema } from '#databases/schema/schema.ts'
import type { AskedDatabase } from '../asked-database.ts'
import { quoteName } from '../sql/quote-name.ts'
import { folded } from '../words/folded.ts'
import { words } from '../words/split-words.ts'

/** A value of the database that the question mentions: `column` is `table.column` as it stands in SQL. */
export type ValueHint = { column: string; value: string; matched: string }

const MOST_VALUES = 5

/** Values of the linked part of the schema that the question mentions, surest first. */
export function linkValues(question: string, schema: Schema, values: AskedDatabase['values']): ValueHint[] {
  const columns = new Map(
    schema.tables.flatMap((table) =>
      table.columns.map((column) => [
        `${table.name}\u0000${column.name}`,
        `${quoteName(table.name)}.${quoteName(column.name)}`,
      ]),
    ),
  )
  const names = new Set(
    schema.tables.flatMap((table) => [table.name, ...table.columns.map((column) => column.name)]).flatMap(words),
  )
  return values
    .match(question, 4 * MOST_VALUES)
    .flatMap((found) => {
      const column = columns.get(`${found.table}\u0000${found.column}`)
      return column && isTelling(found.value, found.matched, names)
        ? [{ column, value: found.value, matched: found.matched }]
        : []
    })
    .slice(0, MOST_VALUES)
}

/** A value that is also the name of a table or column ("Name", "order") is more likely meant as that name. */
function isTelling(value: string, matched: string, names: Set<string>): boolean {
  const parts = words(matched)
  // A cell is anybody's text: what could shape the prompt stays out of it.
  if (parts.length === 0 || folded(value).length < 2 || /\p{Cc}|<\||```/u.test(value)) return false
  return !parts.every((part) => names.has(part)) || value === matched
}
