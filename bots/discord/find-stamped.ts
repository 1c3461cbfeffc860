import { type APIMessage, Routes } from 'discord.js'
import type { Destination, MessageRef } from '../desk/chat-platform.ts'
import { isExpired, readHandle } from './handle.ts'
import { targetOf } from './place-of.ts'
import { refOf, type Ways, webhookMessage } from './send-message.ts'
import { hasStamp } from './stamp.ts'
import { toFailure } from './to-failure.ts'

const LOOK_BACK = 100

/** Looks for a message that was sent before a crash: as what an interaction was promised, then among the last ones of the channel. */
export async function findStamped(ways: Ways, to: Destination, stamp: string): Promise<MessageRef | null> {
  const handle = readHandle(to.handle)
  if (handle && !isExpired(handle)) {
    const original = await orNull(ways.rest.get(webhookMessage(ways, handle), { auth: false }))
    if (original && hasStamp(original as APIMessage, stamp)) return refOf(original)
  }
  const query = new URLSearchParams({ limit: String(LOOK_BACK) })
  const recent = await orNull(ways.rest.get(Routes.channelMessages(targetOf(to.place)), { query }))
  const found = ((recent ?? []) as APIMessage[]).find((message) => hasStamp(message, stamp))
  return found ? refOf(found) : null
}

/** A place that is gone or closed to the bot holds nothing of it; sending there fails soon enough. */
async function orNull(request: Promise<unknown>): Promise<unknown> {
  try {
    return await request
  } catch (error) {
    const failure = toFailure(error)
    if (failure?.kind === 'gone' || failure?.kind === 'forbidden') return null
    throw error
  }
}
