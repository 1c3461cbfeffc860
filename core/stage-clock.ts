/** Adds up how long each stage of the story takes. */
export type StageClock = {
  stageMs: Record<string, number>
  time<Result>(stage: string, work: () => Promise<Result> | Result): Promise<Result>
}

export function startStageClock(): StageClock {
  const stageMs: Record<string, number> = {}
  return {
    stageMs,
    async time(stage, work) {
      const started = performance.now()
      try {
        return await work()
      } finally {
        stageMs[stage] = (stageMs[stage] ?? 0) + performance.now() - started
      }
    },
  }
}
