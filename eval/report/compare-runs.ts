import type { ChangedCase, Comparison } from '#core/evaluation/run-report.ts'
import type { RunRecord } from '#databases/state/evaluation-record.ts'
import type { EvaluationStore } from '#databases/state/evaluation-store.ts'
import { mcnemarTest } from '../statistics/mcnemar-test.ts'
import { isRight, type LeanResult, leanResults, overDatabases } from './lean-result.ts'
import { runFacts } from './run-facts.ts'

/** Below this a change is called one. */
const SIGNIFICANT = 0.05

type Pair = { before: LeanResult; after: LeanResult }

/** How a run compares with an earlier one, on the cases that both have asked. */
export function compareRuns(
  store: EvaluationStore,
  { run, against }: { run: RunRecord; against: RunRecord },
): Comparison {
  const earlier = new Map(leanResults(store, against.id).map((one) => [one.case.hash, one]))
  const pairs = leanResults(store, run.id).flatMap((after): Pair[] => {
    const before = earlier.get(after.case.hash)
    return before ? [{ before, after }] : []
  })
  const broken = pairs.filter(({ before, after }) => isRight(before) && !isRight(after))
  const fixed = pairs.filter(({ before, after }) => !isRight(before) && isRight(after))
  const n = Math.max(1, pairs.length)
  const percent = (which: 'before' | 'after') => (100 * pairs.filter((pair) => isRight(pair[which])).length) / n
  const p = mcnemarTest(broken.length, fixed.length)
  return {
    against: runFacts(store, against),
    n: pairs.length,
    before: percent('before'),
    after: percent('after'),
    change: (100 * (fixed.length - broken.length)) / n,
    broken: broken.length,
    fixed: fixed.length,
    p,
    isSignificant: p < SIGNIFICANT,
    overDatabases: overDatabases(pairs, {
      databaseOf: ({ after }) => after.case.database,
      valueOf: ({ before, after }) => Number(isRight(after)) - Number(isRight(before)),
    }),
    newlyBroken: broken.map(changedCase),
    newlyFixed: fixed.map(changedCase),
  }
}

function changedCase({ before, after }: Pair): ChangedCase {
  const { database, question, gold } = after.case
  return { ordinal: after.ordinal, database, question, gold, before: before.sql, after: after.sql }
}
