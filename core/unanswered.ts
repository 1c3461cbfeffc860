import type { Unanswered } from './answer.ts'
import type { Refusal } from './answerable/refuse.ts'
import type { AskSettings } from './ask-settings.ts'
import type { Trace } from './trace.ts'

/** A refusal as an answer, with what had been tried by then. */
export function unanswered({ trace }: { trace: Trace }, refusal: Refusal): Unanswered {
  return { kind: 'unanswered', ...refusal, trace }
}

export function tooSlow({ answerDeadlineMs, queryDeadlineMs }: AskSettings): Refusal {
  return {
    reason: 'too-slow',
    message: `This took too long and was stopped (limits: ${queryDeadlineMs / 1000} s for a query, ${answerDeadlineMs / 1000} s in all). Ask for less at once: a shorter period, or fewer tables.`,
    suggestions: [],
  }
}
