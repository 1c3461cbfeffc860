/** Parts of the story that can be left out, to measure what each of them gives; `names` is all of core/fit but what is filtered by. */
export const ANSWER_PARTS = ['repair', 'vote', 'names', 'values', 'periods', 'shape', 'words', 'refusals'] as const

export type AnswerPart = (typeof ANSWER_PARTS)[number]

/** What decides how much work goes into an answer; the settings of `core/settings.ts` with the same names. */
export type AskSettings = {
  effort: 'fast' | 'balanced' | 'thorough'
  /** Queries that are written one after the other before giving up: the first and its repairs. */
  maxAttempts: number
  answerDeadlineMs: number
  queryDeadlineMs: number
  maxRows: number
  /** Default: none; all parts work. */
  without?: readonly AnswerPart[]
}

export const standardAskSettings: AskSettings = {
  effort: 'balanced',
  maxAttempts: 3,
  answerDeadlineMs: 120_000,
  queryDeadlineMs: 10_000,
  maxRows: 1_000,
}
