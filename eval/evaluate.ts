import { type DatasetCase, goldOf } from './datasets/dataset-case.ts'
import type { Scorer } from './score/open-scorer.ts'
import { type CaseScore, scoreCase } from './score/score-case.ts'
import type { Solver } from './solver.ts'

/** One question's result. `ms` is the solver's time from question to SQL with its rows, scoring excluded. */
export type CaseResult = {
  id: string
  database: string
  question: string
  gold: string
  sql: string | null
  verdict: CaseScore['verdict']
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
  cases: DatasetCase[]
  solve: Solver
  scorer: Scorer
  onResult?: (result: CaseResult, done: number) => void
  signal?: AbortSignal
}): Promise<CaseResult[]> {
  const results: CaseResult[] = []
  for (const one of work.cases) {
    work.signal?.throwIfAborted()
    const result = await evaluateCase(one, work)
    results.push(result)
    work.onResult?.(result, results.length)
  }
  return results
}

async function evaluateCase(
  one: DatasetCase,
  { solve, scorer, signal }: { solve: Solver; scorer: Scorer; signal?: AbortSignal },
): Promise<CaseResult> {
  const started = performance.now()
  const solution = await solve(one, signal).catch((cause: unknown) => {
    signal?.throwIfAborted()
    return { sql: null, note: `solver failed: ${cause instanceof Error ? cause.message : String(cause)}` }
  })
  const ms = performance.now() - started
  const { id, database, question } = one
  const { verdict, message = solution.note } = await scoreCase(scorer, one, solution.sql, { signal })
  return { id, database, question, gold: goldOf(one), sql: solution.sql, verdict, message, ms }
}

/** The figures of a run. Cases whose gold failed count in `n` and are reported on their own. */
export function summarise(results: CaseResult[]): Summary {
  const share = (...verdicts: CaseResult['verdict'][]) =>
    (100 * results.filter(({ verdict }) => verdicts.includes(verdict)).length) / Math.max(results.length, 1)
  const times = results.map((result) => result.ms)
  return {
    n: results.length,
    ex: share('right'),
    crashedPercent: share('crashed', 'timed-out'),
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
