import type { Schema } from '#databases/schema/schema.ts'
import type { Generator } from '#models/generator.ts'
import { schemaMessages } from './prompt/render-prompt.ts'
import { schemaBudget } from './prompt/schema-budget.ts'

/** Has the model read a schema ahead of the first question; nothing happens where the schema must be cut for each question. */
export async function warmUp(schema: Schema, generator: Generator, signal?: AbortSignal): Promise<void> {
  const budget = schemaBudget(generator)
  if (budget.tokensOf(schema) <= budget.whole) await generator.warm?.(schemaMessages(schema), signal)
}
