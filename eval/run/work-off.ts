import { groupBy } from '#core/group-by.ts'
import type { EvaluationStore } from '#databases/state/evaluation-store.ts'
import type { Scorer } from '../score/open-scorer.ts'
import type { AnswerCase, Solved } from './answer-case.ts'
import type { RunCase } from './run-case.ts'
import { scoreSolved } from './score-solved.ts'

/** One configuration of a run that is under way. */
export type UnderWay = { runId: string; suite: boolean; answer: AnswerCase }

export type WorkParts = {
  store: EvaluationStore
  runs: UnderWay[]
  /** The cases by the hash under which they are remembered. */
  cases: Map<string, RunCase>
  scorer: Scorer
  /** Questions that are asked side by side; more than one pays where the model reads and writes in batches. */
  parallel: number
  /** Waited for before every question: people go first. */
  whenFree?: (signal: AbortSignal) => Promise<void>
  onSaved?: () => void
  signal: AbortSignal
}

type Job = { runId: string; ordinal: number; hash: string; one: RunCase; run: UnderWay }

/**
 * Asks and scores everything that is still to be asked. The questions of one database stand together, configuration after configuration, so
 * that the model keeps its schema; the next question is asked while the last ones are being scored. Every result is saved at once. Three
 * failures in a row mean that something is broken: then it throws, and those cases stay to be asked.
 */
export async function workOff(parts: WorkParts): Promise<void> {
  const jobs = jobsOf(parts).values()
  const failing = new AbortController()
  const signal = AbortSignal.any([parts.signal, failing.signal])
  const scoring = new Set<Promise<void>>()
  const troubles = createTroubles()

  const score = (job: Job, solved: Solved) => {
    // What was answered is scored and saved although something else has failed meanwhile.
    const how = { scorer: parts.scorer, suite: job.run.suite, signal: parts.signal }
    const work = async () => save(parts, job, await scoreSolved(job.one, solved, how))
    const done: Promise<void> = work()
      .catch((error) => failing.abort(error))
      .finally(() => scoring.delete(done))
    scoring.add(done)
  }
  const worker = async () => {
    for (const job of jobs) {
      await parts.whenFree?.(signal)
      signal.throwIfAborted()
      const solved = await attempt(() => job.run.answer(job.one, signal), signal)
      if ('error' in solved) {
        if (troubles.add(job, solved.error)) throw solved.error
        continue
      }
      for (const { job: failed, error } of troubles.clear()) save(parts, failed, failure(error))
      score(job, solved.value)
      // Scoring that falls behind must not pile up in memory.
      while (scoring.size >= MAX_SCORING) await Promise.race(scoring)
    }
  }
  const workers = Array.from({ length: parts.parallel }, () =>
    worker().catch((error) => {
      failing.abort(error)
      throw error
    }),
  )
  const outcomes = await Promise.allSettled(workers)
  await Promise.allSettled(scoring)
  parts.signal.throwIfAborted()
  failing.signal.throwIfAborted()
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  for (const { job, error } of troubles.clear()) save(parts, job, failure(error))
}

const MAX_SCORING = 8
const TOO_MANY_FAILURES = 3

function jobsOf({ store, runs, cases }: WorkParts): Job[] {
  const jobs = runs.flatMap((run) =>
    store.pending(run.runId).flatMap(({ ordinal, case: { hash } }) => {
      const one = cases.get(hash)
      return one ? [{ runId: run.runId, ordinal, hash, one, run }] : []
    }),
  )
  return [...groupBy(jobs, ({ one }) => one.database).values()].flat()
}

function save({ store, onSaved }: WorkParts, { runId, ordinal }: Job, result: Parameters<EvaluationStore['save']>[2]) {
  store.save(runId, ordinal, result)
  onSaved?.()
}

async function attempt<T>(work: () => Promise<T>, signal: AbortSignal): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await work() }
  } catch (error) {
    signal.throwIfAborted()
    return { error }
  }
}

/** Cases that failed, held back until the next success tells that it was only they. */
function createTroubles() {
  const failed: { job: Job; error: unknown }[] = []
  return {
    /** True where there are too many. */
    add(job: Job, error: unknown): boolean {
      failed.push({ job, error })
      return failed.length >= TOO_MANY_FAILURES
    },
    clear: () => failed.splice(0),
  }
}

function failure(error: unknown): Parameters<EvaluationStore['save']>[2] {
  return {
    verdict: 'unanswered',
    suiteRight: null,
    sql: null,
    message: `failed: ${error instanceof Error ? error.message : String(error)}`,
    fault: 'abstained',
    writtenRight: null,
    fittedRight: null,
    origin: null,
    ms: 0,
    tokens: 0,
    generatingMs: 0,
    trace: null,
  }
}
