import type { Rows } from '#databases/sandbox/query-outcome.ts'
import type { SqlValue } from '#databases/schema/schema.ts'
import { groupBy } from '../group-by.ts'
import { type Attempt, votesOf } from '../trace.ts'

/** An attempt that gave rows. */
export type Ran = Attempt & { outcome: Rows }

export function ran(attempt: Attempt): attempt is Ran {
  return attempt.outcome.kind === 'rows'
}

/**
 * The attempt whose result most of the others agree with (self-consistency by execution); among equals one that found something, then the
 * likeliest. Undefined where none gave rows.
 */
export function chooseByVote(attempts: Attempt[]): Ran | undefined {
  const groups = groupBy(attempts.filter(ran), ({ outcome }) => resultKey(outcome))
  return [...groups.values()].sort(
    (one, other) => weigh(other) - weigh(one) || likeliest(other) - likeliest(one),
  )[0]?.[0]
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

/** A question presumes that there is something to find: several empty results weigh as much as one that is not. */
const EMPTY_WEIGHT = 0.4

function weigh(group: Ran[]): number {
  const empty = group[0] !== undefined && isEmpty(group[0].outcome)
  return countVotes(group) * (empty ? EMPTY_WEIGHT : 1)
}

export function countVotes(attempts: Attempt[]): number {
  return attempts.reduce((sum, attempt) => sum + votesOf(attempt), 0)
}

function likeliest(group: Ran[]): number {
  return Math.max(...group.map((attempt) => attempt.candidate.logProb ?? Number.NEGATIVE_INFINITY))
}
