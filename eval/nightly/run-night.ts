import { advised, RowbotError } from '#core/rowbot-error.ts'
import type { NightRecord, RunRecord } from '#databases/state/evaluation-record.ts'
import type { EvaluationStore } from '#databases/state/evaluation-store.ts'
import type { NightStore } from '#databases/state/night-store.ts'
import { quietly } from '../run/quietly.ts'

export type RunNightParts = {
  store: EvaluationStore
  nights: NightStore
  /** Runs the questions, or goes on with a run; calls `onStart` as soon as the run is remembered. */
  evaluate(options: { resume: string | null; onStart: (runId: string) => void; signal: AbortSignal }): Promise<void>
  /** After this the run stops and counts as partial. */
  maxMs: number
  signal: AbortSignal
}

export type NightOutcome = 'done' | 'failed' | 'taken' | 'stopped'

/**
 * Runs a night, if no other process has it or its run: `taken` where one has. A night whose process died is taken over, and its run goes on;
 * one whose run is finished, whoever finished it, is done. What fails is remembered, to be said; `stopped` where this process is asked to
 * end: the night goes on at the next start.
 */
export async function runNight(night: string, parts: RunNightParts): Promise<NightOutcome> {
  const { nights, signal } = parts
  const claimed = nights.claim(night)
  if (!claimed) return 'taken'
  const tooLong = AbortSignal.timeout(parts.maxMs)
  const alive = setInterval(() => quietly(() => nights.renew(night)), HEARTBEAT_MS)
  try {
    await evaluateNight(claimed, parts, AbortSignal.any([signal, tooLong]))
    nights.end(night, 'done')
    return 'done'
  } catch (error) {
    return endEarly(night, parts, { error, isTooLong: tooLong.aborted })
  } finally {
    clearInterval(alive)
  }
}

/** Ends a night whose run did not come to its end here, or lets go of it. */
function endEarly(
  night: string,
  { store, nights, signal, maxMs }: RunNightParts,
  { error, isTooLong }: { error: unknown; isTooLong: boolean },
): NightOutcome {
  const run = runOf(store, nights, night)
  const end = (status: 'done' | 'failed') => {
    nights.end(night, status)
    return status
  }
  if (run?.status === 'finished') return end('done')
  const isTaken = advised(error).code === 'run-in-use'
  if (signal.aborted || isTaken) {
    nights.release(night)
    return isTaken ? 'taken' : 'stopped'
  }
  if (isTooLong && run !== null && store.progress(run.id).done > 0) {
    nights.setFailure(night, outOfTime(maxMs))
    return end('done')
  }
  noteFailure(night, run, { store, nights, error: isTooLong ? nothingInTime(maxMs) : error })
  return end('failed')
}

const HEARTBEAT_MS = 10_000

async function evaluateNight({ night, runId }: NightRecord, parts: RunNightParts, signal: AbortSignal): Promise<void> {
  const onStart = (id: string) => parts.nights.setRun(night, id)
  try {
    await parts.evaluate({ resume: runId, onStart, signal })
  } catch (error) {
    // A new version or model began meanwhile: the night is run anew with it.
    if (runId === null || advised(error).code !== 'run-changed') throw error
    await parts.evaluate({ resume: null, onStart, signal })
  }
}

function outOfTime(maxMs: number): string {
  return `It was stopped after ${hours(maxMs)} hours, as long as it may take: allow more with ROWBOT_NIGHTLY_MAX_HOURS.`
}

function nothingInTime(maxMs: number): RowbotError {
  return new RowbotError({
    code: 'nothing-in-time',
    message: `No question was answered in the ${hours(maxMs)} hours that the run may take.`,
    advice: 'See whether the model answers at all (`rowbot doctor`), or allow more with ROWBOT_NIGHTLY_MAX_HOURS.',
  })
}

function hours(ms: number): string {
  return (ms / 3_600_000).toFixed(1)
}

function runOf(store: EvaluationStore, nights: NightStore, night: string): RunRecord | null {
  const runId = nights.list().find((one) => one.night === night)?.runId ?? null
  return runId === null ? null : store.find(runId)
}

/** Why it failed belongs to the night; a run that did not even begin leaves no other trace. */
function noteFailure(
  night: string,
  run: RunRecord | null,
  { store, nights, error }: { store: EvaluationStore; nights: NightStore; error: unknown },
): void {
  const failure = advised(error)
  nights.setFailure(night, `${failure.message} ${failure.advice}`)
  if (run?.status === 'running') store.end(run.id, 'failed', failure)
}
