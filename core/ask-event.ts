import type { Answer } from './answer.ts'
import type { Attempt } from './trace.ts'

/** What can be watched while a question is worked on, in this order; `answer` comes exactly once and last. */
export type AskEvent =
  | { type: 'database'; id: string; name: string }
  | { type: 'tables'; tables: string[] }
  | { type: 'writing'; attempt: number; piece: string }
  | { type: 'running'; attempt: number; sql: string }
  | { type: 'attempt'; attempt: Attempt }
  | { type: 'answer'; answer: Answer }
