import type { QueryOutcome, Rows } from '#databases/sandbox/query-outcome.ts'
import { comparableSql } from './comparable-sql.ts'
import { sameResult } from './same-result.ts'

/** How a prediction fared: right, wrong, or crashed (no rows came back: refused, rejected, timed out, or its process died). */
export type Verdict = { verdict: 'right' | 'wrong' | 'crashed'; message?: string }

/** Runs one statement to its end; rows cut off by a limit are of no use to a comparison. */
export type RunQuery = (sql: string) => Promise<QueryOutcome>

/** Thrown where the gold query itself gives no rows to compare with: the case says nothing about the prediction. */
export class GoldFailed extends Error {
  override name = 'GoldFailed'
}

/**
 * Scores a prediction against the gold query on one database by Spider's rule: rows are compared in order if and only if "order by" is
 * anywhere in the gold text. Both sides run, identical text included.
 * @throws GoldFailed when the gold query does not run.
 */
export async function executionMatch(run: RunQuery, gold: string, predicted: string): Promise<Verdict> {
  const goldSql = comparableSql(gold)
  const expected = await run(goldSql)
  if (expected.kind !== 'rows') throw new GoldFailed(`Gold query does not run (${expected.message}): ${gold}`)
  if (expected.truncated) throw new GoldFailed(`Gold query gives more rows than the limit lets through: ${gold}`)
  const actual = await run(comparableSql(predicted))
  if (actual.kind !== 'rows') return { verdict: 'crashed', message: actual.message }
  return { verdict: matches(expected, actual, goldSql) ? 'right' : 'wrong' }
}

function matches(expected: Rows, actual: Rows, goldSql: string): boolean {
  return !actual.truncated && sameResult(expected.rows, actual.rows, goldSql.toLowerCase().includes('order by'))
}
