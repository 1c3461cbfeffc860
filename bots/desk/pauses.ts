import { setTimeout as delay } from 'node:timers/promises'

/** Where a platform asked to wait: nobody sends there before that is over. */
export type Pauses = {
  pause(where: string, ms: number): void
  isPaused(where: string): boolean
  /** Waits until the pause is over. Throws the signal's reason once it aborts. */
  wait(where: string, signal: AbortSignal): Promise<void>
}

/** The one place where rate limits are obeyed. */
export function createPauses(): Pauses {
  const until = new Map<string, number>()
  const left = (where: string) => {
    const ms = (until.get(where) ?? 0) - Date.now()
    if (ms <= 0) until.delete(where)
    return ms
  }
  return {
    pause: (where, ms) => void until.set(where, Math.max(until.get(where) ?? 0, Date.now() + ms)),
    isPaused: (where) => left(where) > 0,
    async wait(where, signal) {
      for (let ms = left(where); ms > 0; ms = left(where)) await delay(ms, undefined, { signal })
    },
  }
}
