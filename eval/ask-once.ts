import { randomUUID } from 'node:crypto'
import type { Answer } from '#core/answer.ts'
import type { AskEvent } from '#core/ask-event.ts'
import type { AssistantParts } from '#core/assistant.ts'
import type { Asker, Question, Turn } from '#core/question.ts'

/** The part of an assistant that is measured: the very pipeline that answers people. */
export type Asking = { ask(question: Question, options?: { signal?: AbortSignal }): AsyncIterable<AskEvent> }

/** The moment that "today" is taken from, and the clock by which stages are timed. */
export type Clocks = Pick<AssistantParts, 'now' | 'elapsedMs'>

/** Asks one question of one database and gives the answer that its asker would get. */
export async function askOnce(
  assistant: Asking,
  question: { text: string; database: string; asker: Asker; follows?: Turn },
  signal?: AbortSignal,
): Promise<Answer> {
  const { text, database, asker, follows } = question
  for await (const event of assistant.ask(
    { id: randomUUID(), text, databases: [database], asker, follows },
    { signal },
  )) {
    if (event.type === 'answer') return event.answer
  }
  throw new Error('the assistant ended without an answer')
}
