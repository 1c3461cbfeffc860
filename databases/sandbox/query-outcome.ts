import type { SqlValue } from '../schema/schema.ts'

/** Rows of a query. Column names may repeat; `truncated` says that the database had more rows than the limits let through. */
export type Rows = { kind: 'rows'; columns: string[]; rows: SqlValue[][]; truncated: boolean }

/**
 * How running a statement ended. A query that fails is a value, since it is the input of self-correction.
 * refused: the gate forbids it (not a read). rejected: SQLite would not run it (unknown column, syntax).
 * timed-out: it ran past its deadline and was killed. crashed: it took its process down (memory, corrupt file).
 */
export type QueryOutcome = Rows | { kind: 'refused' | 'rejected' | 'timed-out' | 'crashed'; message: string }
