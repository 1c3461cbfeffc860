import type { DatasetCase } from './datasets/dataset-case.ts'

/** What a solver made of a question: a query, or none (an abstention, which counts as wrong). */
export type Solution = { sql: string | null; note?: string }

/** Turns a question into SQL: the plain prompt, the whole pipeline, or whatever else is to be compared. */
export type Solver = (one: DatasetCase, signal?: AbortSignal) => Promise<Solution>
