import type { QueryOutcome } from './query-outcome.ts'

/** A column that must never leave the database. */
export type SensitiveColumn = { table: string; column: string }

export type Execution = {
  /** Absolute path of the SQLite file. */
  path: string
  sql: string
  sensitive?: SensitiveColumn[]
  /** Default: the executor's own limit. */
  deadlineMs?: number
  maxRows?: number
}

/** Runs untrusted SQL, read-only, in a child process that can be killed. */
export type Executor = {
  /** Never throws for what the SQL does. Rejects only with the signal's reason when it aborts. */
  run(execution: Execution, signal?: AbortSignal): Promise<QueryOutcome>
  close(): Promise<void>
}
