import type { App } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import { z } from 'zod'
import { briefCache } from '../desk/brief-cache.ts'
import { answerLater, type SlackContext } from './slack-context.ts'
import { typedText } from './slack-text.ts'

const written = z.object({
  channel: z.string(),
  user: z.string(),
  text: z.string().default(''),
  ts: z.string(),
  thread_ts: z.string().optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
})
type Written = z.infer<typeof written>

const changed = z.object({
  channel: z.string(),
  subtype: z.literal('message_changed'),
  message: z.object({
    ts: z.string(),
    text: z.string().default(''),
    user: z.string().optional(),
    bot_id: z.string().optional(),
    subtype: z.string().optional(),
  }),
})
const deleted = z.object({ channel: z.string(), subtype: z.literal('message_deleted'), deleted_ts: z.string() })
/** Slack's own voice. */
const SLACKBOT = 'USLACKBOT'
const envelope = z.object({ is_ext_shared_channel: z.boolean().default(false) })

/** Mentions, direct messages, replies in threads of ours; edits and deletions of what was asked. */
export function listenToMessages(app: App, context: SlackContext): void {
  const threads = briefCache<boolean>(CACHE_MS)

  app.event('app_mention', async ({ event, body, context: { teamId, botUserId = '' } }) => {
    const message = written.safeParse(event).data
    if (!message || message.bot_id) return
    await ask(message, { workspace: teamId ?? '', direct: false, body, botUserId }, context)
  })

  app.event('message', async ({ event, body, client, context: { teamId, botUserId = '' } }) => {
    const workspace = teamId ?? ''
    const direct = event.channel_type === 'im'
    const place = (channel: string) =>
      context.places.ofEvent({ workspace, channel, thread: null, personId: '' }, { direct, shared: isShared(body) })
    const change = changeOf(event, botUserId)
    if (change) return context.desk.messageChanged({ place: place(change.channel), ...change.to })
    const message = written.safeParse(event).data
    if (!message || message.bot_id || (message.subtype && message.subtype !== 'file_share')) return
    if (!direct && !(await isFollowUp(message))) return
    await ask(message, { workspace, direct, body, botUserId }, context)

    /** In a channel: a reply in a thread that the bot writes in, and to nobody in particular. A mention of the bot comes as an event of its own. */
    async function isFollowUp({ thread_ts: thread, text, channel }: Written): Promise<boolean> {
      if (!context.readsThreads || thread === undefined || /<@/.test(text)) return false
      return threads(`${workspace} ${channel} ${thread}`, () => writesIn(client, channel, thread, botUserId))
    }
  })
}

/** What a person's message has become; null where it is no change, or one of a bot's message. */
function changeOf(event: unknown, botUserId: string) {
  const removal = deleted.safeParse(event).data
  if (removal) return { channel: removal.channel, to: { message: removal.deleted_ts, text: null } }
  const edit = changed.safeParse(event).data
  if (!edit) return null
  const { ts: message, text, user, bot_id, subtype } = edit.message
  // What is deleted but has a thread under it stays there as such a stone.
  if (subtype === 'tombstone') return { channel: edit.channel, to: { message, text: null } }
  if (bot_id || user === SLACKBOT) return null
  return { channel: edit.channel, to: { message, text: typedText(text, botUserId) } }
}

type Heard = { workspace: string; direct: boolean; body: unknown; botUserId: string }

async function ask(message: Written, heard: Heard, context: SlackContext): Promise<void> {
  const { desk, places } = context
  const { workspace, direct, body, botUserId } = heard
  const { channel, user: personId, ts, thread_ts: thread = null } = message
  const text = typedText(message.text, botUserId)
  const place = places.ofEvent({ workspace, channel, thread, personId }, { direct, shared: isShared(body) })
  // A mention comes as two events where the app reads the channel as well: the message is what is the same.
  const doing = { key: `${channel}:${ts}`, place, personId, handle: null }
  if (text === '')
    return answerLater(context, { doing, trigger: null }, () => desk.command({ ...doing, words: ['help'], files: [] }))
  const asked = { ...doing, text, message: ts, follows: null, database: null, visibility: null }
  const accepted = desk.accept(asked)
  if (accepted.kind === 'refused') await desk.tell(asked, accepted.message)
}

function isShared(body: unknown): boolean {
  return envelope.parse(body).is_ext_shared_channel
}

const CACHE_MS = 60 * 60_000
/** A thread's first messages are enough to see whether it is one of ours. */
const SEARCHED_REPLIES = 50

async function writesIn(client: WebClient, channel: string, thread: string, botUserId: string): Promise<boolean> {
  const { messages = [] } = await client.conversations.replies({ channel, ts: thread, limit: SEARCHED_REPLIES })
  return messages.some(({ user }) => user === botUserId)
}
