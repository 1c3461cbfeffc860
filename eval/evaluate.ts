import type { SpiderCase } from './datasets/spider.ts'
import { executionMatch, GoldFailed, type RunQuery } from './score/execution-match.ts'
import type { Solver } from './solver.ts'

/** One question's result. `ms` is the solver's time from question to SQL with its rows, scoring excluded. */
export type CaseResult = {
  id: string
  database: string
  question: string
  gold: string
  sql: string | null
  verdict: 'right' | 'wrong' | 'crashed' | 'unanswered' | 'gold-failed'
  message?: string
  ms: number
}

export type Summary = {
  n: number
  /** Execution accuracy in percent; abstentions and failures count as wrong. */
  ex: number
  crashedPercent: number
  unansweredPercent: number
  goldFailed: number
  p50Ms: number
  p95Ms: number
}

/** Asks every case in turn and scores it on its own database; a failing solver costs its own case only. */
export async function evaluate(work: {
  cases: SpiderCase[]
  solve: Solver
  queryRunner: (one: SpiderCase) => RunQuery
  onResult?: (result: CaseResult, done: number) => void
  signal?: AbortSignal
}): Promise<CaseResult[]> {
  const results: CaseResult[] = []
  for (const one of work.cases) {
    work.signal?.throwIfAborted()
    const result = await evaluateCase(one, work.solve, work.queryRunner(one), work.signal)
    results.push(result)
    work.onResult?.(result, results.length)
  }
  return results
}

async function evaluateCase(one: SpiderCase, solve: Solver, run: RunQuery, signal?: AbortSignal): Promise<CaseResult> {
  const started = performance.now()
  const solution = await solve(one, signal).catch((cause: unknown) => {
    signal?.throwIfAborted()
    return { sql: null, note: `solver failed: ${cause instanceof Error ? cause.message : String(cause)}` }
  })
  const ms = performance.now() - started
  const common = { id: one.id, database: one.database, question: one.question, gold: one.gold, sql: solution.sql, ms }
  if (solution.sql === null) return { ...common, verdict: 'unanswered', message: solution.note }
  try {
    return { ...common, ...(await executionMatch(run, one.gold, solution.sql)) }
  } catch (error) {
    if (error instanceof GoldFailed) return { ...common, verdict: 'gold-failed', message: error.message }
    throw error
  }
}

/** The figures of a run. Cases whose gold failed count in `n` and are reported on their own. */
export function summarise(results: CaseResult[]): Summary {
  const share = (verdict: CaseResult['verdict']) =>
    (100 * results.filter((result) => result.verdict === verdict).length) / Math.max(results.length, 1)
  const times = results.map((result) => result.ms)
  return {
    n: results.length,
    ex: share('right'),
    crashedPercent: share('crashed'),
    unansweredPercent: share('unanswered'),
    goldFailed: results.filter((result) => result.verdict === 'gold-failed').length,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
  }
}

/** The value below which the given share of the numbers lies (nearest rank); NaN for none. */
export function quantile(numbers: number[], share: number): number {
  const sorted = [...numbers].sort((left, right) => left - right)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
