import type { Share } from '#core/evaluation/run-report.ts'
import { groupBy } from '#core/group-by.ts'
import type { ResultRecord } from '#databases/state/evaluation-record.ts'
import type { EvaluationStore } from '#databases/state/evaluation-store.ts'
import { type Cluster, clusterBootstrap } from '../statistics/cluster-bootstrap.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'

/** A result without the trace, which would fill the memory. */
export type LeanResult = Omit<ResultRecord, 'trace'>

/** The results of a run so far. */
export function leanResults(store: Pick<EvaluationStore, 'results'>, runId: string): LeanResult[] {
  const lean: LeanResult[] = []
  for (const { trace: _trace, ...result } of store.results(runId)) lean.push(result)
  return lean
}

export function isRight({ verdict }: LeanResult): boolean {
  return verdict === 'right'
}

/** Hits among some results, with their interval. */
export function shareOf(some: LeanResult[], isHit: (one: LeanResult) => boolean = isRight): Share {
  const hits = some.filter(isHit).length
  return { hits, n: some.length, ...wilsonInterval(hits, some.length) }
}

/** The interval of a mean over databases, each of which holds several cases. */
export function overDatabases<T>(some: T[], parts: { databaseOf: (one: T) => string; valueOf: (one: T) => number }) {
  const clusters = [...groupBy(some, parts.databaseOf).values()].map(
    (of): Cluster => ({ sum: of.reduce((sum, one) => sum + parts.valueOf(one), 0), n: of.length }),
  )
  return clusterBootstrap(clusters)
}
