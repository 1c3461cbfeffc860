import type { Answer, Answered } from '#core/answer.ts'
import type { History } from '#core/assistant.ts'
import type { Turn } from '#core/question.ts'
import { readAnyones } from './past-questions.ts'

/** So many turns back a follow-up can still mean a period that was named there. */
const MOST_EARLIER = 4

/** An answered question as a turn that another can follow up, with its answer; null where no answer of it was kept. */
export function earlierTurn(
  history: History,
  questionId: string,
  recent?: { get(questionId: string): Answer | undefined },
): { turn: Turn; answer: Answered } | null {
  const past = readAnyones(history, questionId)
  const answer = recent?.get(questionId) ?? past?.answer
  if (!past || answer?.kind !== 'answered') return null
  const earlier = textsBefore(history, past, MOST_EARLIER)
  return { turn: { id: questionId, question: past.record.text, sql: answer.sql, earlier }, answer }
}

type Past = NonNullable<ReturnType<typeof readAnyones>>

/** What was asked before a question, oldest first, as long as each answer on the way still asks for a period. */
function textsBefore(history: History, { record, answer }: Past, most: number): string[] {
  const before = record.follows?.id === undefined ? null : readAnyones(history, record.follows.id)
  if (!before || most === 0 || answer?.kind !== 'answered' || answer.explanation.periods.length === 0) return []
  // SQL that was edited goes under the words of the question that it was written for.
  if (isEdited(answer) && before.record.text === record.text) return textsBefore(history, before, most)
  return [...textsBefore(history, before, most - 1), before.record.text]
}

function isEdited({ trace }: Answered): boolean {
  return trace.attempts[0]?.candidate.origin === 'edited'
}
