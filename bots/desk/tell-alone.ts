import type { ChatMessage } from './chat-message.ts'
import type { ChatPlatform } from './chat-platform.ts'
import type { Aside } from './desk.ts'
import type { Office } from './office.ts'
import { postOrPlain } from './post-or-plain.ts'
import { stampOf } from './transmit.ts'

type Parts = { platform: ChatPlatform | undefined; log: Pick<Office['log'], 'warn'> }

/** Shows something to a person alone: where they are, else in their direct messages. What cannot be shown at all is said in the log. */
export async function tellAlone({ platform, log }: Parts, aside: Aside, message: ChatMessage): Promise<void> {
  const sent = platform && (await show(platform, aside, message))
  if (!sent?.ok) log.warn({ failure: sent?.failure, key: aside.key }, 'a person could not be told')
}

async function show(platform: ChatPlatform, aside: Aside, said: ChatMessage) {
  const { place, personId, handle, key, message: replyTo = null } = aside
  const stamp = stampOf(key)
  const here = { place, onlyFor: place.direct ? null : personId, replyTo, handle }
  const sent = await postOrPlain(platform, here, said, stamp)
  // Another program with the same token has told them.
  if (sent.ok || sent.failure.kind === 'elsewhere') return sent
  const direct = place.direct
    ? { ok: true as const, value: place }
    : await platform.openDirect(place.workspace, personId)
  if (!direct.ok) return direct
  return postOrPlain(platform, { place: direct.value, onlyFor: null, replyTo: null, handle: null }, said, stamp)
}
