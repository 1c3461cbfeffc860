import type { QueryOutcome } from '#databases/sandbox/query-outcome.ts'
import type { AnswerSignals } from './confidence/answer-signals.ts'

/** A query that was proposed. `logProb` is null where the model's backend gives none. */
export type Candidate = {
  sql: string
  /** The query as the model wrote it, before it was made to fit the schema. */
  written?: string
  origin: 'first' | 'sample' | 'repair' | 'edited' | 'verified'
  logProb: number | null
  /** How likely it was for the model to say that something is missing instead; only of models that can be asked. */
  noAnswerLogProb?: number
}

/**
 * A candidate and what came of running it. `notes` say what was changed or noticed, in words (a quoted name read as text, say). `votes`: how
 * many tries wrote this very query; 1 where it is left out.
 */
export type Attempt = { candidate: Candidate; outcome: QueryOutcome; notes: string[]; ms: number; votes?: number }

export function votesOf({ votes }: Attempt): number {
  return votes ?? 1
}

/** Mean log-probability of a candidate's tokens, as the model wrote them; null where it is not known. */
export function tokenLogProb(
  { logProb, sql, written }: Candidate,
  countTokens: (text: string) => number,
): number | null {
  return logProb === null ? null : logProb / Math.max(countTokens(written ?? sql), 1)
}

/** Everything needed to see how an answer came about, and to repeat it. */
export type Trace = {
  questionId: string
  promptVersion: string
  model: string
  adapter?: string
  /** Tables that schema linking put before the model. */
  tables: string[]
  attempts: Attempt[]
  /** Milliseconds spent in each stage of the story. */
  stageMs: Record<string, number>
  /** What the reliability of the answer was judged by. */
  signals?: AnswerSignals
}
