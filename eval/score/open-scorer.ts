import { DatabaseError } from '#databases/database-error.ts'
import { bundleChild } from '#databases/sandbox/bundle-child.ts'
import { defaultLimits } from '#databases/sandbox/limits.ts'
import { Pool } from '#databases/sandbox/pool.ts'
import type { BirdScore } from './bird/compare-bird.ts'
import { comparableSql, orderCounts } from './comparable-sql.ts'
import type { Compared, Comparison, GoldOnFiles } from './compare-on-files.ts'
import type { SpiderSchema } from './exact-set/spider-sql.ts'
import type { ScoringJob } from './scoring-process.ts'

/**
 * How a prediction fared. crashed: it gave no rows to compare (refused, rejected, or its process died); timed-out: none in time.
 * gold-failed: the gold query itself gives none, so that the case says nothing. `file` is the database that decided.
 */
export type Score = Omit<Compared, 'verdict'> & { verdict: Compared['verdict'] | 'timed-out' }

export type Scored = { gold: string; predicted: string }

export type Scorer = {
  /** Execution accuracy: gold and prediction, both run on one database, give the same result by Spider's rule. */
  scoreEx(pair: Scored & { file: string }, signal?: AbortSignal): Promise<Score>
  /** Test-suite accuracy: the same on every one of the distilled databases. */
  scoreTs(pair: Scored & { files: string[] }, signal?: AbortSignal): Promise<Score>
  /** BIRD's execution accuracy and Soft-F1; the options about values and DISTINCT do not matter to it. */
  scoreBird(pair: Scored & { file: string }, signal?: AbortSignal): Promise<BirdScore>
  /** What Spider's exact-set match must know of a database. */
  tables(file: string, signal?: AbortSignal): Promise<SpiderSchema>
  /** The statements that made the tables of a database. */
  ddl(file: string, signal?: AbortSignal): Promise<string>
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
    program: bundleChild({ program: new URL('./scoring-process.ts', import.meta.url) }),
  })
  const submit = <Result>(name: ScoringJob, args: unknown, signal?: AbortSignal) =>
    pool.submit(name, args, deadlineMs, signal) as Promise<Result>

  /** A process that was ended, or broke: was it the gold query or the prediction? The gold query alone tells. */
  const whoBroke = async (error: unknown, gold: GoldOnFiles, signal?: AbortSignal): Promise<Score> => {
    const message = broken(error)
    const alone = await submit<Compared>('check-gold', gold, signal).catch(
      (cause: unknown): Compared => ({ verdict: 'gold-failed', message: broken(cause) }),
    )
    if (alone.verdict === 'gold-failed') return alone
    return { verdict: error instanceof DatabaseError && error.code === 'timed-out' ? 'timed-out' : 'crashed', message }
  }

  const score = async ({ gold, predicted }: Scored, files: string[], signal?: AbortSignal): Promise<Score> => {
    const comparison = comparisonOf({ gold, predicted, files }, options)
    return submit<Compared>('compare', comparison, signal).catch((error) => whoBroke(error, comparison, signal))
  }
  const scoreBird: Scorer['scoreBird'] = async (pair, signal) =>
    submit<BirdScore>('compare-bird', pair, signal).catch(async (error) => {
      const gold = { files: [pair.file], gold: pair.gold, likeReference: false }
      return { ...(await whoBroke(error, gold, signal)), softF1: 0 }
    })
  return {
    scoreEx: ({ file, ...pair }, signal) => score(pair, [file], signal),
    scoreTs: ({ files, ...pair }, signal) => score(pair, files, signal),
    scoreBird,
    tables: async (file, signal) => new Map(await submit<[string, string[]][]>('tables', { file }, signal)),
    ddl: (file, signal) => submit<string>('ddl', { file }, signal),
    close: () => pool.close(),
  }
}

function comparisonOf(
  { gold, predicted, files }: Scored & { files: string[] },
  { keepDistinct = false, plugValue = false, likeReference = false }: ScorerOptions,
): Comparison {
  const comparableGold = comparableSql(gold, { keepDistinct })
  const asPredicted = comparableSql(predicted, { keepDistinct })
  const ordered = orderCounts(comparableGold)
  return { files, gold: comparableGold, predicted: asPredicted, plugValue, ordered, likeReference }
}

/** What a process that was ended, or broke, says; anything else is no matter of the query. */
function broken(error: unknown): string {
  if (error instanceof DatabaseError && !['closed', 'cannot-start'].includes(error.code))
    return `${error.message} ${error.advice}`
  throw error
}
