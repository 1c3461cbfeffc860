import type { Rows } from '#databases/sandbox/query-outcome.ts'
import type { Trace } from './trace.ts'

export type { Rows } from '#databases/sandbox/query-outcome.ts'
export type { Column, Schema, SqlValue, Table } from '#databases/schema/schema.ts'

/** A period that the question named and the dates it was taken to mean; `end` is the first moment after it. */
export type ResolvedPeriod = { text: string; start: string; end: string; label: string }

/** What the SQL computed, in words derived from the SQL itself, never from the model. */
export type Explanation = {
  /** One sentence, e.g. "Counts rows of orders where status is 'paid', per month." */
  summary: string
  tables: string[]
  filters: string[]
  periods: ResolvedPeriod[]
}

/** Where an answer comes from, and how old its data are. An older version of the program saved no more than `dataAsOf`. */
export type AnsweredDatabase = {
  id: string
  name: string
  /** When the file was uploaded or last changed. */
  dataAsOf: string
  source?: 'upload' | 'path'
  /** The latest day that the data tell of; null where none of their dates does. */
  latestDay?: string | null
}

export type Answered = {
  kind: 'answered'
  database: AnsweredDatabase
  sql: string
  result: Rows
  explanation: Explanation
  /** What a reader must know so as not to be misled: rows cut off, a value that was matched, old data, low confidence. */
  notes: string[]
  /** The probability that the answer is right, from 0 to 1; null where it was written by another model than the one that this is fitted to. */
  confidence: number | null
  trace: Trace
}

/** Why there is no answer. `message` is for the person; `suggestions` are questions or names that they can pick. */
export type Unanswered = {
  kind: 'unanswered'
  reason:
    | 'not-in-database'
    | 'ambiguous'
    | 'which-database'
    | 'not-a-question'
    | 'language'
    | 'no-valid-query'
    | 'too-slow'
    | 'cancelled'
    | 'unsafe'
  message: string
  suggestions: string[]
  trace: Trace
}

export type Answer = Answered | Unanswered
