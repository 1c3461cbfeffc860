/** What decides how much work goes into an answer; the settings of `core/settings.ts` with the same names. */
export type AskSettings = {
  effort: 'fast' | 'balanced' | 'thorough'
  /** Queries that are written one after the other before giving up: the first and its repairs. */
  maxAttempts: number
  answerDeadlineMs: number
  queryDeadlineMs: number
  maxRows: number
}

export const standardAskSettings: AskSettings = {
  effort: 'balanced',
  maxAttempts: 3,
  answerDeadlineMs: 120_000,
  queryDeadlineMs: 10_000,
  maxRows: 1_000,
}
