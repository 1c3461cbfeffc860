import type { Client } from 'discord.js'
import type { Logger } from 'pino'
import type { ChatMessage } from '../desk/chat-message.ts'
import type { ChatPlatform, Place } from '../desk/chat-platform.ts'
import type { Desk } from '../desk/desk.ts'
import { problem } from '../desk/say.ts'
import { ELSEWHERE } from '../desk/send-ending.ts'
import { newStamp } from '../desk/transmit.ts'
import type { Promises } from './promises.ts'
import { toFailure } from './to-failure.ts'
import type { Doing, Visit } from './visit.ts'

/** Everything with which the adapter hears people and tells them at once what is for them alone. */
export type Ears = {
  client: Client
  desk: Desk
  promises: Promises
  locales: Map<string, string>
  log: Pick<Logger, 'warn' | 'error'>
  /** Runs what an event makes necessary; what breaks is logged, and said to the person where there is a way. */
  hear(visit: Visit | null, work: () => Promise<void>): Promise<void>
  /** Shows something to a person alone, through what they did. */
  say(doing: Doing, message: ChatMessage): Promise<void>
  /** Tells somebody who only wrote a message: among others that can be done in direct messages only. */
  sayDirectly(to: { place: Place; personId: string; message: string | null }, message: ChatMessage): Promise<void>
}

type Parts = Omit<Ears, 'hear' | 'say' | 'sayDirectly'> & { platform: ChatPlatform }

export function createEars({ platform, ...parts }: Parts): Ears {
  const { log } = parts

  async function say({ place, personId, handle, key }: Doing, message: ChatMessage): Promise<void> {
    const sent = await platform.post({ place, onlyFor: personId, replyTo: null, handle }, message, stampOf(key))
    if (sent.ok) return
    const isExpired = sent.failure.kind === 'gone' && sent.failure.what === 'handle'
    if (isExpired) return sayDirectly({ place, personId, message: null }, message)
    log.warn({ failure: sent.failure }, 'a person could not be told')
  }

  const sayDirectly: Ears['sayDirectly'] = async ({ place, personId, message: replyTo }, message) => {
    const direct = place.direct
      ? { ok: true as const, value: place }
      : await platform.openDirect(place.workspace, personId)
    const to = { onlyFor: null, replyTo: place.direct ? replyTo : null, handle: null }
    const sent = direct.ok
      ? await platform.post({ ...to, place: direct.value }, message, replyTo === null ? newStamp() : stampOf(replyTo))
      : direct
    if (!sent.ok) log.warn({ failure: sent.failure }, 'a person could not be told')
  }

  return {
    ...parts,
    say,
    sayDirectly,
    async hear(visit, work) {
      try {
        await work()
      } catch (error) {
        // Whoever was first tells the person; what is said of it in the log is said once, where it is sent.
        if (toFailure(error)?.kind === 'elsewhere') return log.error({ err: error }, ELSEWHERE)
        log.error({ err: error }, 'something that a person did on Discord was not done')
        if (!visit) return
        visit.promise(parts.promises)
        await say(visit.doing, problem(error)).catch((err) => log.error({ err }))
      }
    },
  }
}

/** Interactions and messages are told once each. */
function stampOf(key: string): string {
  return key.replace(/\W/g, '').slice(-25)
}
