import { askedTexts } from '#core/asked-texts.ts'
import { type FittedQuery, fitQuery } from '#core/fit/fit-query.ts'
import { schemaNames } from '#core/sql/schema-names.ts'
import type { Generator } from '#models/generator.ts'
import { type ExampleDatabase, understandExample } from './render-example.ts'
import type { TrainingExample } from './training-example.ts'

/** A query for an example's question as serving mends it before it is run: what is trained on must be what serving cannot mend. */
export function fitExample(
  sql: string,
  example: TrainingExample,
  database: ExampleDatabase & { generator: Generator },
): FittedQuery {
  const { text, follows, glossary } = example
  const { values, periods } = understandExample(example, database)
  const asked = askedTexts(text, { values, glossary, follows })
  return fitQuery(sql, { database, names: schemaNames(database.schema, asked), question: text, asked, periods })
}
