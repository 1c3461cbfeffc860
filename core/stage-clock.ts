/** Adds up how long each stage of the story takes; a stage within another counts as part of that one. */
export type StageClock = {
  stageMs: Record<string, number>
  time<Result>(stage: string, work: () => Promise<Result> | Result): Promise<Result>
}

export function startStageClock(): StageClock {
  const stageMs: Record<string, number> = {}
  let isTiming = false
  return {
    stageMs,
    async time(stage, work) {
      if (isTiming) return await work()
      isTiming = true
      const started = performance.now()
      try {
        return await work()
      } finally {
        isTiming = false
        stageMs[stage] = (stageMs[stage] ?? 0) + performance.now() - started
      }
    },
  }
}
