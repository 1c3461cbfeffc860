import { z } from 'zod'
import { checkBlocks } from './check-blocks.ts'
import { SlackRefusal } from './slack-refusal.ts'
import { findMessage, nextTimestamp, type SlackChannel, type SlackMessage, type Workspace } from './slack-world.ts'
import { flag, json, messageObject, ownMessage, type WebMethod, webMethod, writableChannel } from './web-method.ts'

/** https://docs.slack.dev/reference/methods/chat.postMessage: text is cut there, refused here. */
const MAX_POSTED_TEXT = 40_000
/** https://docs.slack.dev/reference/methods/chat.update */
const MAX_UPDATED_TEXT = 4_000

/** https://docs.slack.dev/messaging/message-metadata */
const metadata = json.pipe(
  z.strictObject({ event_type: z.string().min(1).max(255), event_payload: z.record(z.string(), z.unknown()) }),
)

const content = { channel: z.string(), text: z.string().optional(), blocks: json.optional() }

/** Methods that write messages. */
export const chatMethods: Record<string, WebMethod> = {
  'chat.postMessage': webMethod(
    ['chat:write'],
    { ...content, thread_ts: z.string().optional(), metadata: metadata.optional(), unfurl_links: flag.optional() },
    ({ workspace, changed }, args) => {
      const channel = writableChannel(workspace, args.channel)
      const message = compose(workspace, channel, args, MAX_POSTED_TEXT)
      message.metadata = args.metadata
      channel.messages.push(message)
      changed()
      return { channel: channel.id, ts: message.ts, message: messageObject(workspace, message) }
    },
  ),
  'chat.postEphemeral': webMethod(
    ['chat:write'],
    { ...content, user: z.string(), thread_ts: z.string().optional() },
    ({ workspace, changed }, args) => {
      const channel = writableChannel(workspace, args.channel)
      if (!channel.members.has(args.user)) throw new SlackRefusal('user_not_in_channel')
      const message = { ...compose(workspace, channel, args, MAX_POSTED_TEXT), onlyFor: args.user }
      channel.messages.push(message)
      changed()
      return { message_ts: message.ts }
    },
  ),
  'chat.update': webMethod(
    ['chat:write'],
    { ...content, ts: z.string(), metadata: metadata.optional() },
    ({ workspace, changed }, args) => {
      const channel = writableChannel(workspace, args.channel)
      const message = ownMessage(workspace, channel, args.ts)
      const { text, blocks } = compose(workspace, channel, args, MAX_UPDATED_TEXT)
      // Blocks that are not given stay as they were.
      const next = args.blocks === undefined ? message.blocks : blocks
      Object.assign(message, { text, blocks: next, edits: message.edits + 1 })
      if (args.metadata) message.metadata = args.metadata
      changed()
      return { channel: channel.id, ts: message.ts, text, message: messageObject(workspace, message) }
    },
  ),
  'chat.delete': webMethod(
    ['chat:write'],
    { channel: z.string(), ts: z.string() },
    ({ workspace, changed }, { channel: id, ts }) => {
      const channel = writableChannel(workspace, id)
      const message = ownMessage(workspace, channel, ts)
      channel.messages.splice(channel.messages.indexOf(message), 1)
      changed()
      return { channel: channel.id, ts }
    },
  ),
}

type Composed = { text?: string | undefined; blocks?: unknown; thread_ts?: string | undefined }

/** A new message of the bot's, checked; it does not stand anywhere yet. */
export function compose(workspace: Workspace, channel: SlackChannel, given: Composed, maxText: number): SlackMessage {
  const text = given.text ?? ''
  const blocks = given.blocks === undefined ? [] : checkBlocks(given.blocks, workspace)
  if (text === '' && blocks.length === 0) throw new SlackRefusal('no_text')
  if (text.length > maxText) throw new SlackRefusal('msg_too_long')
  const thread = given.thread_ts
  if (thread !== undefined && !findMessage(channel, thread)) throw new SlackRefusal('thread_not_found')
  return {
    ts: nextTimestamp(),
    user: workspace.bot.userId,
    text,
    blocks,
    thread,
    files: [],
    metadata: undefined,
    onlyFor: undefined,
    edits: 0,
  }
}
