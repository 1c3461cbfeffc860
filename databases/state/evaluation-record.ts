import type { Failure, KeptTrace } from './question-record.ts'

/** A question as a run asked it. `hash` is of what it says, so that runs can be compared case by case. */
export type CaseRecord = {
  hash: string
  caseId: string
  database: string
  question: string
  gold: string
  hardness: string | null
  ownCaseId?: string | null
}

export type RunKind = 'manual' | 'nightly' | 'check'

export type RunStatus = 'running' | 'finished' | 'stopped' | 'failed'

/** A run that begins. `setup` is plain data: everything that is needed to repeat it. */
export type NewRun = {
  id: string
  groupId: string
  kind: RunKind
  dataset: string
  label: string
  setup: unknown
}

/** A run as it is remembered. Times are ISO in UTC. */
export type RunRecord = NewRun & {
  status: RunStatus
  failure: Failure | null
  planned: number
  pinned: boolean
  startedAt: string
  finishedAt: string | null
  /** Time worked on it, interruptions not counted. */
  workedMs: number
}

/**
 * crashed: the query did not run, or died. timed-out: it, or the answer, took too long. unanswered: there was no query. gold-failed: the
 * gold query gives nothing to compare with.
 */
export type Verdict = 'right' | 'wrong' | 'crashed' | 'timed-out' | 'unanswered' | 'gold-failed'

/** What came of one case. */
export type NewResult = {
  verdict: Verdict
  /** Right on all distilled databases too; null where that was not asked. */
  suiteRight: boolean | null
  sql: string | null
  message: string | null
  /** What is wrong with the query, by the taxonomy; null where nothing is. */
  fault: string | null
  /** Whether the first query was right as the model wrote it, and as it was made to fit; null where there was none. */
  writtenRight: boolean | null
  fittedRight: boolean | null
  /** Which kind of attempt was chosen: first, sample or repair. */
  origin: string | null
  /** From question to rows, scoring not counted. */
  ms: number
  /** Tokens that the model wrote, and the time it took to read and write. */
  tokens: number
  generatingMs: number
  trace: KeptTrace | null
}

export type ResultRecord = NewResult & { ordinal: number; case: CaseRecord }

/** How far a run is. */
export type RunProgress = { planned: number; done: number; right: number }

/** A case of one's own. No accepted query means that there is no answer. */
export type OwnCase = {
  id: string
  databaseId: string
  question: string
  follows: { question: string; sql: string } | null
  accepted: string[]
  fromQuestionId: string | null
  askerId: string | null
  askedAt: string
  addedAt: string
}

export type NightRecord = {
  night: string
  runId: string | null
  status: 'running' | 'done' | 'failed' | 'missed'
  /** Why it failed, in words. */
  failure: string | null
  startedAt: string
  finishedAt: string | null
}

export type PostRecord = {
  night: string
  channel: string
  status: 'sending' | 'sent' | 'failed'
  message: string | null
}
