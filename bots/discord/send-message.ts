import { type APIMessage, MessageFlags, type REST, Routes } from 'discord.js'
import type { Destination, MessageRef } from '../desk/chat-platform.ts'
import { type Handle, isExpired, readHandle } from './handle.ts'
import type { MessageBody } from './message-body.ts'
import { targetOf } from './place-of.ts'
import type { Promises } from './promises.ts'
import { SendRefused, toFailure } from './to-failure.ts'

export type Ways = { rest: REST; applicationId: () => string; promises: Promises }

export type Outgoing = MessageBody

/** Sends a message through the interaction that it answers, else to the channel. */
export async function sendMessage(
  ways: Ways,
  to: Destination,
  { stamp, ...outgoing }: Outgoing & { stamp: string | null },
): Promise<MessageRef> {
  const handle = readHandle(to.handle)
  const message =
    handle === null
      ? await toChannel(ways, to, { ...outgoing, stamp })
      : await throughInteraction(ways, handle, to, outgoing)
  return refOf(message)
}

/** Replaces a message; what it had of files goes. */
export async function updateMessage(
  ways: Ways,
  posted: MessageRef,
  to: Destination,
  outgoing: Outgoing,
): Promise<MessageRef> {
  const { channel, id } = readRef(posted)
  const handle = readHandle(to.handle)
  const request = requestOf(outgoing, { attachments: [] })
  if (handle && !isExpired(handle)) {
    try {
      await ways.promises.arrived(handle.token)
      return refOf(await ways.rest.patch(webhookMessage(ways, handle, id), { ...request, auth: false }))
    } catch (error) {
      const failure = toFailure(error)
      // Not a message of this interaction, or its token is not valid any more: then through the channel.
      if (failure?.kind !== 'gone' || to.onlyFor !== null) throw error
    }
  }
  if (to.onlyFor !== null && !to.place.direct) throw handleGone()
  return refOf(await ways.rest.patch(Routes.channelMessage(channel, id), request))
}

/** The name under which a message is found again; the same however it was sent. */
export function refOf(message: unknown): MessageRef {
  const { channel_id, id } = message as APIMessage
  return `${channel_id}/${id}`
}

/** Takes apart what `refOf` made. */
export function readRef(ref: MessageRef): { channel: string; id: string } {
  const [channel = '', id = ''] = ref.split('/')
  return { channel, id }
}

/** The address of a message of an interaction. */
export function webhookMessage({ applicationId }: Ways, { token }: Handle, id = '@original') {
  return Routes.webhookMessage(applicationId(), token, id)
}

async function throughInteraction(ways: Ways, handle: Handle, to: Destination, outgoing: Outgoing): Promise<unknown> {
  if (isExpired(handle)) throw handleGone()
  const { rest, promises } = ways
  await promises.arrived(handle.token)
  const visibility = to.onlyFor === null ? 'everyone' : 'only-me'
  if (handle.promised !== null && (await isOpen(ways, handle))) {
    const original = { auth: false } as const
    // Who sees a message is settled by the promise of it and cannot be changed later.
    const filled =
      handle.promised === visibility
        ? await rest.patch(webhookMessage(ways, handle), { ...requestOf(outgoing), ...original })
        : await rest.delete(webhookMessage(ways, handle), original).then(() => null)
    promises.fulfilled(handle.token)
    if (filled) return filled
  }
  const flags = visibility === 'only-me' ? MessageFlags.Ephemeral : 0
  return rest.post(Routes.webhook(ways.applicationId(), handle.token), {
    ...requestOf(outgoing, { flags }),
    auth: false,
  })
}

/** Whether the message that an interaction was promised still has to come. After a restart Discord is asked. */
async function isOpen(ways: Ways, handle: Handle): Promise<boolean> {
  const known = ways.promises.isOpen(handle.token)
  if (known !== null) return known
  try {
    const original = await ways.rest.get(webhookMessage(ways, handle), { auth: false })
    return (((original as APIMessage).flags ?? 0) & MessageFlags.Loading) !== 0
  } catch (error) {
    const failure = toFailure(error)
    if (failure?.kind === 'gone' && failure.what === 'message') return false
    throw error
  }
}

function toChannel(
  { rest }: Ways,
  to: Destination,
  { stamp, ...outgoing }: Outgoing & { stamp: string | null },
): Promise<unknown> {
  if (to.onlyFor !== null && !to.place.direct) throw handleGone()
  const more = {
    ...(to.replyTo ? { message_reference: { message_id: to.replyTo, fail_if_not_exists: false } } : {}),
    ...(stamp === null ? {} : { nonce: stamp, enforce_nonce: true }),
  }
  return rest.post(Routes.channelMessages(targetOf(to.place)), requestOf(outgoing, more))
}

function requestOf(
  { components, files, mention = [] }: Outgoing,
  { flags = 0, ...more }: { flags?: number; [key: string]: unknown } = {},
) {
  return {
    body: {
      ...more,
      ...(components.length > 0 ? { components } : {}),
      ...(files.length > 0
        ? { attachments: files.map(({ name, description }, id) => ({ id: String(id), filename: name, description })) }
        : {}),
      flags: flags | (components.length > 0 ? MessageFlags.IsComponentsV2 : 0),
      allowed_mentions: { parse: [], ...(mention.length > 0 ? { users: mention } : {}) },
    },
    files: files.map(({ name, attachment }) => ({ name, data: attachment })),
  }
}

/** Only an interaction can show something to one person among others. */
function handleGone(): SendRefused {
  return new SendRefused({ kind: 'gone', what: 'handle', detail: 'the interaction has expired' })
}
