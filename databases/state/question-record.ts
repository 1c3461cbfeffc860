import type { QueryOutcome, Rows } from '../sandbox/query-outcome.ts'

/** A question as it is accepted. `follows` is the turn before it, where it is a follow-up. */
export type NewQuestion = {
  id: string
  workspaceId: string
  askerId: string
  /** Null where it is not known yet which database will be asked. */
  databaseId: string | null
  text: string
  follows?: EarlierTurn
}

export type EarlierTurn = { question: string; sql: string; id?: string }

/** What is saved at the end. Answers may hold more than is named here: everything is kept, but for rows past the limits. */
export type FinishedAnswer = {
  kind: 'answered' | 'unanswered'
  database?: { id: string }
  result?: Rows
  trace: TraceFacts & { attempts: RecordedAttempt[] }
}

/** What a trace says beside its attempts. */
export type TraceFacts = {
  promptVersion: string
  model: string
  adapter?: string
  tables: string[]
  stageMs: Record<string, number>
}

export type RecordedAttempt = {
  candidate: { sql: string; origin: string; logProb: number | null }
  outcome: QueryOutcome
  notes: string[]
  ms: number
}

/** A trace as it is kept: of the rows that an attempt gave, only their number. */
export type KeptTrace = TraceFacts & { attempts: KeptAttempt[] }

export type KeptAttempt = Omit<RecordedAttempt, 'outcome'> & { outcome: KeptOutcome }

export type KeptOutcome =
  | { kind: 'rows'; rowCount: number; truncated: boolean }
  | { kind: 'refused' | 'rejected' | 'timed-out' | 'crashed'; message: string }

/** Why a question failed, in the shape of all errors that people see. */
export type Failure = { code: string; message: string; advice: string }

export type Feedback = { personId: string; verdict: 'up' | 'down'; comment: string; givenAt: string }

/**
 * A question as it is remembered. Times are ISO in UTC. `answer` is what `finish` was given, without its trace and with the first rows of
 * its result only (`rowCount` says how many there were): whoever reads it checks its shape, since an older version may have written it.
 */
export type QuestionRecord = {
  id: string
  workspaceId: string
  askerId: string
  databaseId: string | null
  text: string
  follows: EarlierTurn | null
  status: 'accepted' | 'answered' | 'unanswered' | 'failed' | 'interrupted'
  answer: unknown
  rowCount: number | null
  failure: Failure | null
  acceptedAt: string
  finishedAt: string | null
}
