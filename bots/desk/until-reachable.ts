import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'

export type Patience = {
  /** For the log. */
  platform: string
  /** What keeps the platform from answering, in its own words; throws what waiting does not cure. */
  whyNotYet(error: unknown): string
  log: Pick<Logger, 'warn'>
  /** Ends the waiting. */
  signal?: AbortSignal | undefined
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000

/** Does something as a platform is connected, again and again until the platform answers: it may be away for hours. */
export async function untilReachable<Value>(
  work: () => Promise<Value>,
  { platform, whyNotYet, log, signal }: Patience,
): Promise<Value> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await work()
    } catch (error) {
      log.warn({ detail: whyNotYet(error) }, `${platform} cannot be reached: trying again in ${waitMs / 1000} s`)
      await delay(waitMs, undefined, signal ? { signal } : {})
    }
  }
}
