import type { Asker, GlossaryEntry, Turn } from '#core/question.ts'

/** Whose calendar decides what "last week" means. */
export type AskerClock = Omit<Asker, 'id'>

/** A question about a database with the query that the model is to write, or what it is to say is missing, before any prompt is rendered. */
export type TrainingExample = {
  source: 'spider' | 'bird' | 'wikisql' | 'everyday' | 'verified' | 'renamed' | 'sampled' | 'unanswerable'
  text: string
  sql: string
  follows?: Turn
  glossary?: GlossaryEntry[]
  /** Similar questions that people have verified, as serving shows them. */
  examples?: Turn[]
  /** When it is asked. */
  now: Date
  /** Default: the one of the everyday questions. */
  clock?: AskerClock
  /** A failed query and what is said about it: the model is to write `sql` in its place. */
  failed?: { sql: string; complaint: string }
}
