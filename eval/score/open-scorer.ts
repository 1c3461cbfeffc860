import { DatabaseError } from '#databases/database-error.ts'
import { bundleChild } from '#databases/sandbox/bundle-child.ts'
import { defaultLimits } from '#databases/sandbox/limits.ts'
import { Pool } from '#databases/sandbox/pool.ts'
import { comparableSql, orderCounts } from './comparable-sql.ts'
import type { Compared, Comparison } from './compare-on-files.ts'

/**
 * How a prediction fared. crashed: it gave no rows to compare (refused, rejected, too slow, or its process died). gold-failed: the gold
 * query itself gives none, so that the case says nothing. `file` is the database that decided.
 */
export type Score = Compared

export type Scored = { gold: string; predicted: string }

export type Scorer = {
  /** Execution accuracy: gold and prediction, both run on one database, give the same result by Spider's rule. */
  scoreEx(pair: Scored & { file: string }, signal?: AbortSignal): Promise<Score>
  /** Test-suite accuracy: the same on every one of the distilled databases. */
  scoreTs(pair: Scored & { files: string[] }, signal?: AbortSignal): Promise<Score>
  close(): Promise<void>
}

export type ScorerOptions = {
  processes?: number
  /** How long a pair may take on all its databases together. Default 30 s. */
  deadlineMs?: number
  memoryBytes?: number
  keepDistinct?: boolean
  /** The gold query's values are put into the prediction, in every way there is. */
  plugValue?: boolean
  /** Does as the reference does where we chose to differ (eval/README.md lists it). */
  likeReference?: boolean
}

/**
 * Opens processes that score predictions read-only; one that hangs, floods or takes its process down costs its own score only. Calls may
 * run at the same time: they share the processes. Whoever opens it closes it.
 */
export function openScorer(options: ScorerOptions = {}): Scorer {
  const { processes = 2, deadlineMs = 30_000, memoryBytes = defaultLimits.memoryBytes } = options
  const pool = new Pool({
    processes,
    memoryBytes,
    memoryGuard: process.platform === 'linux' ? 'rlimit' : 'watchdog',
    script: bundleChild({ program: new URL('./scoring-process.ts', import.meta.url) }),
  })
  const submit = (name: string, comparison: Comparison, signal?: AbortSignal) =>
    pool.submit(name, comparison, deadlineMs, signal) as Promise<Compared>

  const score = async ({ gold, predicted }: Scored, files: string[], signal?: AbortSignal): Promise<Score> => {
    const comparison = comparisonOf({ gold, predicted, files }, options)
    try {
      return await submit('compare', comparison, signal)
    } catch (error) {
      const message = broken(error)
      // Which of the two broke it? The gold query alone tells.
      const goldAlone = await submit('check-gold', comparison, signal).catch(
        (cause: unknown): Compared => ({ verdict: 'gold-failed', message: broken(cause) }),
      )
      return goldAlone.verdict === 'gold-failed' ? goldAlone : { verdict: 'crashed', message }
    }
  }
  return {
    scoreEx: ({ file, ...pair }, signal) => score(pair, [file], signal),
    scoreTs: ({ files, ...pair }, signal) => score(pair, files, signal),
    close: () => pool.close(),
  }
}

function comparisonOf(
  { gold, predicted, files }: Scored & { files: string[] },
  { keepDistinct = false, plugValue = false, likeReference = false }: ScorerOptions,
): Comparison {
  const comparableGold = comparableSql(gold, { keepDistinct })
  const asPredicted = comparableSql(likeReference ? predicted.replaceAll('value', '1') : predicted, { keepDistinct })
  const ordered = orderCounts(comparableGold)
  return { files, gold: comparableGold, predicted: asPredicted, plugValue, ordered, likeReference }
}

/** What a process that was ended, or broke, says; anything else is no matter of the query. */
function broken(error: unknown): string {
  if (error instanceof DatabaseError && error.code !== 'closed') return `${error.message} ${error.advice}`
  throw error
}
