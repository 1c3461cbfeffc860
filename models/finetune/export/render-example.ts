import type { AskedDatabase } from '#core/asked-database.ts'
import { PREFILL } from '#core/generate/write-sql.ts'
import { renderPrompt, renderRepair } from '#core/prompt/render-prompt.ts'
import { today } from '#core/prompt/today.ts'
import { understand } from '#core/understand.ts'
import type { Schema } from '#databases/schema/schema.ts'
import { CHATML, type PromptPiece } from '#models/chat-format.ts'
import type { Generator } from '#models/generator.ts'
import { EVERYDAY_CLOCK } from './everyday/generate-everyday.ts'
import type { TrainingExample } from './training-example.ts'

/** An example as the model reads it: `prefix` depends on the schema alone, `completion` is what is learnt. */
export type RenderedExample = {
  source: string
  prefix: PromptPiece[]
  prompt: PromptPiece[]
  completion: PromptPiece[]
}

const ASKER = { id: 'export', ...EVERYDAY_CLOCK }

/** Renders an example with the very code that serves. */
export function renderExample(
  example: TrainingExample,
  { schema, values, generator }: { schema: Schema; values: AskedDatabase['values']; generator: Generator },
): RenderedExample {
  const { text, now, follows, glossary, failed, sql } = example
  const understood = understand({ text, database: { schema, values }, generator, asker: ASKER, now, follows })
  const first = renderPrompt({ ...understood, text, follows, glossary, today: today(now, ASKER.timeZone) })
  const { messages, keptMessages } = failed ? renderRepair(first, failed.sql, failed.complaint) : first
  const [, end] = CHATML.renderMessages([{ role: 'assistant', content: '' }]).filter(({ kind }) => kind === 'control')
  return {
    source: failed ? 'repair' : example.source,
    prefix: CHATML.renderMessages(messages.slice(0, keptMessages)),
    prompt: [...CHATML.renderMessages(messages.slice(keptMessages)), ...CHATML.renderReply(PREFILL)],
    completion: [{ kind: 'text', text: `${sql}\n\`\`\`` }, ...(end ? [end] : [])],
  }
}
