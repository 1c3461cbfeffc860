import type { EvaluationStore } from '#databases/state/evaluation-store.ts'
import type { NightStore } from '#databases/state/night-store.ts'

/**
 * Ends the nights before `night` that a process left behind when it died, and that nobody came back to before the next one was due: with what
 * they have, as partial; without any answer, as missed. One that a process still works on is let be.
 */
export function endSuperseded(night: string, { store, nights }: { store: EvaluationStore; nights: NightStore }): void {
  for (const { night: old, status } of nights.list()) {
    if (status !== 'running' || old >= night) continue
    const claimed = nights.claim(old)
    if (!claimed) continue
    const run = claimed.runId === null ? null : store.find(claimed.runId)
    if (run === null || store.progress(run.id).done === 0) {
      nights.end(old, 'missed')
      continue
    }
    if (run.status !== 'finished') nights.setFailure(old, LEFT_BEHIND)
    nights.end(old, 'done')
  }
}

const LEFT_BEHIND = 'Rowbot stopped in the middle of it and was not back before the next night was due.'
