import type { AskedDatabase } from '#core/asked-database.ts'
import { localDate } from '#core/periods/local-date.ts'
import { renderPrompt, renderRepair } from '#core/prompt/render-prompt.ts'
import { type Understood, understand } from '#core/understand.ts'
import type { Schema } from '#databases/schema/schema.ts'
import type { Generator, Message } from '#models/generator.ts'
import { EVERYDAY_CLOCK } from './everyday/generate-everyday.ts'
import type { TrainingExample } from './training-example.ts'

/** An example as a conversation: the first `keptMessages` depend on the schema alone, `sql` is what is learnt. */
export type RenderedExample = {
  source: string
  messages: Message[]
  keptMessages: number
  sql: string
}

export type ExampleDatabase = { schema: Schema; values: AskedDatabase['values'] }

/** Renders an example with the very code that serves. */
export function renderExample(
  example: TrainingExample,
  database: ExampleDatabase & { generator: Generator },
): RenderedExample {
  const { text, now, clock = EVERYDAY_CLOCK, follows, glossary, examples, failed, sql } = example
  const understood = understandExample(example, database)
  const day = localDate(now, clock.timeZone)
  const first = renderPrompt({ ...understood, text, follows, glossary, examples, today: day })
  const prompt = failed ? renderRepair(first, failed.sql, failed.complaint) : first
  return { source: failed ? 'repair' : example.source, ...prompt, sql }
}

/** What serving understands of an example's question. */
export function understandExample(
  { text, now, clock = EVERYDAY_CLOCK, follows, glossary }: TrainingExample,
  { schema, values, generator }: ExampleDatabase & { generator: Generator },
): Understood {
  const asker = { id: 'export', ...clock }
  return understand({ text, database: { schema, values }, generator, asker, now, follows, glossary })
}
