/** Adds up how long each stage of the story takes; a stage within another counts as part of that one. */
export type StageClock = {
  stageMs: Record<string, number>
  time<Result>(stage: string, work: () => Promise<Result> | Result): Promise<Result>
}

/** `elapsedMs` is any clock that only goes forward, in ms. */
export function startStageClock(elapsedMs: () => number): StageClock {
  const stageMs: Record<string, number> = {}
  let isTiming = false
  return {
    stageMs,
    async time(stage, work) {
      if (isTiming) return await work()
      isTiming = true
      const started = elapsedMs()
      try {
        return await work()
      } finally {
        isTiming = false
        stageMs[stage] = (stageMs[stage] ?? 0) + elapsedMs() - started
      }
    },
  }
}
