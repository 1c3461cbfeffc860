import { complain } from '#core/doubt/complain.ts'
import { tokenizeSql } from '#core/sql/tokenize-sql.ts'
import { gate } from '#databases/gate/gate.ts'
import type { Draws } from '#databases/sample/draws.ts'
import type { Generator } from '#models/generator.ts'
import { fitExample } from './fit-example.ts'
import type { ExampleDatabase } from './render-example.ts'
import type { TrainingExample } from './training-example.ts'

/**
 * The example with a wrong attempt before it: one column is replaced by one of another table, as small models do, and what serving says about
 * that stands in the prompt. Null where serving would mend the name by itself.
 */
export function repairExample(
  example: TrainingExample,
  database: ExampleDatabase & { generator: Generator },
  draws: Draws,
): TrainingExample | null {
  const { schema } = database
  const columns = new Set(schema.tables.flatMap((table) => table.columns.map(({ name }) => name)))
  const used = tokenizeSql(example.sql).filter((token) => token.kind === 'word' && columns.has(token.name))
  if (used.length === 0) return null
  const wrong = draws.pick(used)
  const table = draws.pick(schema.tables)
  const other = draws.pick(table.columns).name
  const name = draws.chance(0.5) ? other : `${table.name}_${wrong.name}`.replace(/\W/g, '_')
  const sql = example.sql.slice(0, wrong.start) + name + example.sql.slice(wrong.end)
  const { sql: mended, unknownNames: unknown } = fitExample(sql, example, database)
  const verdict = gate(mended, schema)
  if (verdict.ok || unknown.length === 0) return null
  const complaint = complain({ kind: 'failed', message: verdict.message, unknown }, schema)
  return { ...example, failed: { sql: mended, complaint } }
}
