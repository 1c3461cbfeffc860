import type { Client } from 'discord.js'
import type { Logger } from 'pino'
import type { Desk } from '../desk/desk.ts'
import { problem } from '../desk/say.ts'
import { ELSEWHERE } from '../desk/send-ending.ts'
import type { Promises } from './promises.ts'
import { toFailure } from './to-failure.ts'
import type { Visit } from './visit.ts'

/** Everything with which the adapter hears people. */
export type Ears = {
  client: Client
  desk: Desk
  promises: Promises
  locales: Map<string, string>
  log: Pick<Logger, 'warn' | 'error'>
  /** What was heard and is not handed in yet. */
  working: Set<Promise<void>>
}

/** Runs what an event makes necessary; what breaks is logged, and said to the person where there is a way. */
export function hear(ears: Ears, visit: Visit | null, work: () => Promise<void>): Promise<void> {
  const handed = hand(ears, visit, work).finally(() => ears.working.delete(handed))
  ears.working.add(handed)
  return handed
}

async function hand({ desk, log, promises }: Ears, visit: Visit | null, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    // Whoever was first tells the person; what is said of it in the log is said once, where it is sent.
    if (toFailure(error)?.kind === 'elsewhere') return log.error({ err: error }, ELSEWHERE)
    log.error({ err: error }, 'something that a person did on Discord was not done')
    if (!visit) return
    visit.promise(promises)
    await desk.tell(visit.doing, problem(error)).catch((err) => log.error({ err }))
  }
}
