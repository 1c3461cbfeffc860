import { advised, RowbotError } from '#core/rowbot-error.ts'
import type { NightRecord } from '#databases/state/evaluation-record.ts'
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
 * Runs a night, if no other process has it: `taken` where one has. A night whose process died is taken over, and its run goes on. What fails
 * is remembered, to be said; `stopped` where this process is asked to end: the night goes on at the next start.
 */
export async function runNight(night: string, parts: RunNightParts): Promise<NightOutcome> {
  const { store, nights, signal } = parts
  const claimed = nights.claim(night)
  if (!claimed) return 'taken'
  const tooLong = AbortSignal.timeout(parts.maxMs)
  const alive = setInterval(() => quietly(() => nights.renew(night)), HEARTBEAT_MS)
  try {
    await evaluateNight(claimed, parts, AbortSignal.any([signal, tooLong]))
    nights.end(night, 'done')
    return 'done'
  } catch (error) {
    if (signal.aborted) {
      nights.release(night)
      return 'stopped'
    }
    const isPartial = tooLong.aborted && hasResults(store, nights, night)
    if (!isPartial) noteFailure(store, nights, night, tooLong.aborted ? nothingInTime(parts.maxMs) : error)
    nights.end(night, isPartial ? 'done' : 'failed')
    return isPartial ? 'done' : 'failed'
  } finally {
    clearInterval(alive)
  }
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

function nothingInTime(maxMs: number): RowbotError {
  return new RowbotError({
    code: 'nothing-in-time',
    message: `No question was answered in the ${(maxMs / 3_600_000).toFixed(1)} hours that the run may take.`,
    advice: 'See whether the model answers at all (`rowbot doctor`), or allow more with ROWBOT_NIGHTLY_MAX_HOURS.',
  })
}

function runOf(nights: NightStore, night: string): string | null {
  return nights.list().find((one) => one.night === night)?.runId ?? null
}

function hasResults(store: EvaluationStore, nights: NightStore, night: string): boolean {
  const runId = runOf(nights, night)
  return runId !== null && store.progress(runId).done > 0
}

/** Why it failed belongs to the night; a run that did not even begin leaves no other trace. */
function noteFailure(store: EvaluationStore, nights: NightStore, night: string, error: unknown): void {
  const { message, advice } = advised(error)
  nights.setFailure(night, `${message} ${advice}`)
  const runId = runOf(nights, night)
  if (runId !== null && store.find(runId).status === 'running') store.end(runId, 'failed', advised(error))
}
