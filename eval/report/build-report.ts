import type { RunReport } from '#core/evaluation/run-report.ts'
import { groupBy } from '#core/group-by.ts'
import type { Verdict } from '#databases/state/evaluation-record.ts'
import type { EvaluationStore } from '#databases/state/evaluation-store.ts'
import { FAULTS, type Fault } from '../run/classify-fault.ts'
import { quantile } from '../statistics/quantile.ts'
import { compareRuns } from './compare-runs.ts'
import { isRight, type LeanResult, leanResults, overDatabases, shareOf } from './lean-result.ts'
import { runFacts } from './run-facts.ts'
import { stageRows } from './stage-rows.ts'

/** Everything that a run says, and how it compares with another one on the cases that both have. */
export function buildReport(store: EvaluationStore, id: string, against?: string): RunReport {
  const run = store.find(id)
  const facts = runFacts(store, run)
  const results = leanResults(store, run.id)
  const suites = results.filter(({ suiteRight }) => suiteRight !== null)
  const times = results.map(({ ms }) => ms)
  return {
    run: facts,
    isPartial: facts.done < facts.planned,
    ex: shareOf(results),
    ts: suites.length > 0 ? shareOf(suites, ({ suiteRight }) => suiteRight === true) : null,
    exOverDatabases: overDatabases(results, {
      databaseOf: (one) => one.case.database,
      valueOf: (one) => Number(isRight(one)),
    }),
    shares: SHARES.map(([name, verdict]) => {
      const n = results.filter((one) => one.verdict === verdict).length
      return { name, n, percent: (100 * n) / Math.max(1, results.length) }
    }),
    hardness: sharesBy(results, (one) => one.case.hardness).sort(
      (one, other) => HARDNESS.indexOf(one.name) - HARDNESS.indexOf(other.name),
    ),
    databases: sharesBy(results, (one) => one.case.database).sort(
      (one, other) => one.share.percent - other.share.percent || one.name.localeCompare(other.name),
    ),
    faults: [...groupBy(results, ({ fault }) => fault)]
      .flatMap(([fault, some]) => (fault === null ? [] : [{ name: FAULTS[fault as Fault] ?? fault, n: some.length }]))
      .sort((one, other) => other.n - one.n),
    latency: { p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) },
    tokensPerSecond: tokensPerSecond(results),
    stages: stageRows(results),
    comparison: against === undefined ? null : compareRuns(store, { run, against: store.find(against) }),
  }
}

const HARDNESS = ['easy', 'medium', 'hard', 'extra']

const SHARES: [string, Verdict][] = [
  ['crashing', 'crashed'],
  ['no answer', 'unanswered'],
  ['too slow', 'timed-out'],
  ['gold failed', 'gold-failed'],
]

function sharesBy(results: LeanResult[], keyOf: (one: LeanResult) => string | null): RunReport['databases'] {
  return [...groupBy(results, keyOf)].flatMap(([name, some]) => (name === null ? [] : [{ name, share: shareOf(some) }]))
}

/** Reading the prompts is part of the time; null where the model was not asked. */
function tokensPerSecond(results: LeanResult[]): number | null {
  const ms = results.reduce((sum, one) => sum + one.generatingMs, 0)
  const tokens = results.reduce((sum, one) => sum + one.tokens, 0)
  return ms > 0 ? tokens / (ms / 1000) : null
}
