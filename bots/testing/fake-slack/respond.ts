import { z } from 'zod'
import { compose } from './chat-methods.ts'
import { SlackRefusal } from './slack-refusal.ts'
import { findMessage, type Workspace } from './slack-world.ts'
import type { ResponsePlace } from './triggers.ts'

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const response = z.strictObject({
  text: z.string().optional(),
  blocks: z.array(z.unknown()).optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
})

const MAX_TEXT = 40_000

/** What an app sends to a response_url becomes a message, also in channels that the bot is not in. */
export function respond(workspace: Workspace, place: ResponsePlace, body: unknown): void {
  const { success, data } = response.safeParse(body)
  const channel = workspace.channels.get(place.channelId)
  if (!success || !channel) throw new SlackRefusal('invalid_payload')
  const original = place.messageTs === undefined ? undefined : findMessage(channel, place.messageTs)
  if (original && data.delete_original) {
    channel.messages.splice(channel.messages.indexOf(original), 1)
    return
  }
  const message = compose(workspace, channel, data, MAX_TEXT)
  if (original && data.replace_original) {
    Object.assign(original, { text: message.text, blocks: message.blocks, edits: original.edits + 1 })
    return
  }
  channel.messages.push({ ...message, onlyFor: data.response_type === 'in_channel' ? undefined : place.userId })
}
