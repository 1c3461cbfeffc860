import { sayMissing } from '#core/generate/no-answer.ts'
import { tokenizeSql } from '#core/sql/tokenize-sql.ts'
import { words } from '#core/words/split-words.ts'
import type { Draws } from '#databases/sample/draws.ts'
import type { Schema } from '#databases/schema/schema.ts'
import type { TrainingExample } from '../training-example.ts'

/**
 * A schema that lacks one of its tables, and questions about it: those that need the table ask in vain, the others are as they were. Null where
 * no table is needed by some of the questions only.
 */
export function withoutTable(
  examples: TrainingExample[],
  schema: Schema,
  draws: Draws,
): { schema: Schema; examples: TrainingExample[] } | null {
  const needing = new Map(
    schema.tables.map(({ name }) => [name, examples.filter((one) => reads(one, name) && says(one, name))]),
  )
  const able = schema.tables.filter(({ name }) => {
    const count = needing.get(name)?.length ?? 0
    return count > 0 && 3 * count <= 2 * examples.length
  })
  if (able.length === 0) return null
  const { name } = draws.pick(able)
  const tables = schema.tables
    .filter((table) => table.name !== name)
    .map((table) => ({
      ...table,
      foreignKeys: table.foreignKeys.filter(({ references }) => references.table !== name),
    }))
  const missing = sayMissing(words(name).join(' '))
  return {
    schema: { ...schema, tables },
    examples: examples.flatMap((one): TrainingExample[] => {
      if (needing.get(name)?.includes(one)) return [{ ...one, source: 'unanswerable', sql: missing }]
      // What reads the table without a word about it may be meant of another one.
      return reads(one, name) ? [] : [one]
    }),
  }
}

function reads({ sql, follows }: TrainingExample, table: string): boolean {
  const names = [sql, follows?.sql ?? ''].flatMap(tokenizeSql).map((token) => token.name.toLowerCase())
  return names.includes(table.toLowerCase())
}

/** Whether a question names a table, by one of its words at least. */
function says({ text, follows }: TrainingExample, table: string): boolean {
  const said = follows ? [] : words(text)
  return words(table).some(
    (word) => word.length > 2 && said.some((one) => one.startsWith(word.slice(0, Math.max(4, word.length - 2)))),
  )
}
