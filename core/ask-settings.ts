/** What decides how much work goes into an answer. `rowbot`'s settings of the same names are these. */
export type AskSettings = {
  effort: 'fast' | 'balanced' | 'thorough'
  /** Queries that are written one after the other before giving up: the first and its repairs. */
  maxAttempts: number
  answerDeadlineMs: number
  queryDeadlineMs: number
  maxRows: number
}
