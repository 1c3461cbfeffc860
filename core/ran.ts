import type { Rows } from '#databases/sandbox/query-outcome.ts'
import type { SqlValue } from '#databases/schema/schema.ts'
import type { Attempt } from './trace.ts'

/** An attempt that gave rows. */
export type Ran = Attempt & { outcome: Rows }

export function ran(attempt: Attempt): attempt is Ran {
  return attempt.outcome.kind === 'rows'
}

/** No rows, or a single row that says nothing, as sum() over no rows gives. */
export function isEmpty({ rows }: Rows): boolean {
  return rows.length === 0 || (rows.length === 1 && (rows[0] ?? []).every((cell) => cell === null))
}

/** Rows without regard to their order or the names of their columns. */
export function resultKey({ rows }: Rows): string {
  return rows
    .map((row) => row.map(cellKey).sort().join('\u0001'))
    .sort()
    .join('\u0002')
}

function cellKey(value: SqlValue): string {
  if (value instanceof Uint8Array) return `blob ${Buffer.from(value).toString('base64')}`
  return typeof value === 'number' ? value.toPrecision(12) : String(value)
}
