import { WebAPIPlatformError, type WebClient } from '@slack/web-api'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { ChatMessage } from '../desk/chat-message.ts'
import type { ChatPlatform, Destination, MessageRef, Sent } from '../desk/chat-platform.ts'
import { THREAD_SCOPES } from './app-manifest.ts'
import type { Places } from './find-places.ts'
import { createPeopleLookUp } from './look-up-person.ts'
import { renderMessage, type SlackMessageBody } from './render-message.ts'
import { respondThrough } from './respond-through.ts'
import { NEW_TOKEN, sent, toFailure } from './to-failure.ts'
import { uploadPicture } from './upload-picture.ts'
import type { Workspaces } from './workspaces.ts'

export type SlackPlatformParts = { workspaces: Workspaces; places: Places; locale: string; log: Pick<Logger, 'warn'> }

/**
 * Slack as the desk uses it. Progress and answer are one message that is replaced. Slack's streaming (chat.startStream) would show less: a
 * stream can only be added to, so "2 questions are before yours" would stand above the answer for good, it exists in threads only, and
 * nothing can be added to one that was begun before a crash. An answer comes as a whole anyway, once its query has run.
 */
export function createSlackPlatform({ workspaces, places, locale, log }: SlackPlatformParts): ChatPlatform {
  const lookUp = createPeopleLookUp()

  /** Runs with the client of a workspace. */
  async function within<Value>(workspace: string, work: (client: WebClient) => Promise<Value>): Promise<Sent<Value>> {
    const client = workspaces.client(workspace)
    if (client) return sent(() => work(client))
    const detail = `the app is not installed in workspace ${workspace}`
    return { ok: false, failure: { kind: 'unauthorised', fix: NEW_TOKEN, detail } }
  }

  /** Whether a message that was perhaps sent can be looked for there. */
  function canSearch({ place }: Destination): boolean {
    const granted = workspaces.identity(place.workspace)?.scopes ?? []
    return place.direct || THREAD_SCOPES.every((scope) => granted.includes(scope))
  }

  async function render(client: WebClient, message: ChatMessage): Promise<SlackMessageBody> {
    const reply = message.kind === 'reply' && !message.plain ? message.reply : null
    const chart = reply?.kind === 'answered' ? reply.chart : null
    const picture = chart && (await uploadPicture(client, chart, locale).catch(withoutPicture))
    return renderMessage(message, { locale, picture })
  }

  /** An answer without its chart is better than none. */
  function withoutPicture(err: unknown): null {
    log.warn({ err: toFailure(err) ?? err }, 'a chart could not be uploaded to Slack')
    return null
  }

  return {
    name: 'slack',
    lookUp: (place, personId) => within(place.workspace, (client) => lookUp(client, place.workspace, personId)),
    post: (to, message, stamp) =>
      within(to.place.workspace, async (client) => {
        const body = await render(client, message)
        if (message.kind === 'progress' || isPrivate(to) || canSearch(to)) return postBody(client, to, body, stamp)
        return postInTwo(client, to, body, stamp)
      }),
    update: (posted, message, to) =>
      within(to.place.workspace, async (client) => {
        const ref = readRef(posted)
        if (ref.ts === null) {
          // What only one person sees cannot be changed: progress stands still, and the answer is a new message.
          return message.kind === 'progress' ? posted : postBody(client, to, await render(client, message), null)
        }
        await client.chat.update({ ...(await render(client, message)), channel: ref.channel, ts: ref.ts })
        return posted
      }),
    find: (to, stamp) =>
      within(to.place.workspace, async (client) => (isPrivate(to) ? null : findStamped(client, to, stamp))),
    canFind: (to) => !isPrivate(to) && canSearch(to),
    upload: (to, file) =>
      within(to.place.workspace, async (client) => {
        const { channel, thread } = await filePlace(client, to, places)
        const content = { file: Buffer.from(file.content), filename: file.name, alt_text: file.alt }
        const where = thread === null ? { channel_id: channel } : { channel_id: channel, thread_ts: thread }
        await client.filesUploadV2({ ...content, ...where })
        return null
      }),
    openDirect: (workspace, personId) => within(workspace, (client) => places.openDirect(client, workspace, personId)),
    isGroup: (id) => /^S[A-Z0-9]+$/.test(id),
  }
}

const ref = z.object({ channel: z.string(), ts: z.string().nullable() })

/** How a message of ours is found again; `ts` is null for what only one person sees. */
export function writeRef(message: z.infer<typeof ref>): MessageRef {
  return JSON.stringify(message)
}

function readRef(posted: MessageRef): z.infer<typeof ref> {
  return ref.parse(JSON.parse(posted))
}

/** In a direct channel everybody is the one person. */
function isPrivate({ onlyFor, place }: Destination): boolean {
  return onlyFor !== null && !place.direct
}

async function postBody(client: WebClient, to: Destination, body: SlackMessageBody, stamp: string | null) {
  const { channel } = to.place
  try {
    return writeRef({ channel, ts: await postWith(client, to, body, stamp) })
  } catch (error) {
    // Whoever deleted the question may still want the answer.
    if (isCode(error, /^(thread_not_found|invalid_thread_ts)$/) && threadOf(to) !== null)
      return postBody(client, { ...to, replyTo: null, place: { ...to.place, thread: null } }, body, stamp)
    // The bot is not in the channel, or may not write at all: there only a response address reaches.
    if (to.handle === null || !isCode(error, /^(not_in_channel|channel_not_found|missing_scope)$/)) throw error
    await respondThrough(to.handle, body, to.onlyFor === null ? 'in_channel' : 'ephemeral')
    return writeRef({ channel, ts: null })
  }
}

const PLACEHOLDER: SlackMessageBody = { text: '…', blocks: [] }

/** Where nobody can look whether a message arrived before a crash, at most its placeholder stands there twice, never what it says. */
async function postInTwo(client: WebClient, to: Destination, body: SlackMessageBody, stamp: string) {
  const posted = await postBody(client, to, PLACEHOLDER, stamp)
  const { channel, ts } = readRef(posted)
  if (ts === null) return postBody(client, to, body, null)
  try {
    await client.chat.update({ ...body, channel, ts })
    return posted
  } catch (error) {
    await client.chat.delete({ channel, ts }).catch(() => undefined)
    throw error
  }
}

/** Answers stand in a thread under the question, in direct messages only where there is one already. */
function threadOf({ place, replyTo }: Destination): string | null {
  return place.thread ?? (place.direct ? null : replyTo)
}

async function postWith(client: WebClient, to: Destination, body: SlackMessageBody, stamp: string | null) {
  const thread = threadOf(to)
  const content = {
    channel: to.place.channel,
    text: body.text,
    ...(body.blocks.length > 0 ? { blocks: body.blocks } : {}),
    ...(thread === null ? {} : { thread_ts: thread }),
  }
  if (to.onlyFor !== null && isPrivate(to)) {
    await client.chat.postEphemeral({ ...content, user: to.onlyFor })
    return null
  }
  const metadata = stamp === null ? {} : { metadata: { event_type: STAMPED, event_payload: { stamp } } }
  const { ts } = await client.chat.postMessage({
    ...content,
    ...metadata,
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
  })
  return ts ?? null
}

function isCode(error: unknown, codes: RegExp): boolean {
  return error instanceof WebAPIPlatformError && codes.test(error.data.error)
}

const STAMPED = 'rowbot_message'
const SEARCHED_MESSAGES = 200
const stamped = z.object({ event_type: z.literal(STAMPED), event_payload: z.object({ stamp: z.string() }) })

async function findStamped(client: WebClient, to: Destination, stamp: string): Promise<MessageRef | null> {
  const { channel } = to.place
  const thread = threadOf(to)
  const page = { channel, limit: SEARCHED_MESSAGES, include_all_metadata: true }
  try {
    const { messages = [] } =
      thread === null
        ? await client.conversations.history(page)
        : await client.conversations.replies({ ...page, ts: thread })
    const found = messages.find(({ metadata }) => stamped.safeParse(metadata).data?.event_payload.stamp === stamp)
    return found?.ts ? writeRef({ channel, ts: found.ts }) : null
  } catch (error) {
    // Without the scope nothing can be looked up; what was posted there is a placeholder then.
    if (isCode(error, /^(missing_scope|thread_not_found)$/)) return null
    throw error
  }
}

/** Files cannot be shown to one person in a channel: theirs go to their direct messages. */
async function filePlace(client: WebClient, to: Destination, places: Places) {
  if (to.onlyFor === null || !isPrivate(to)) return { channel: to.place.channel, thread: threadOf(to) }
  return places.openDirect(client, to.place.workspace, to.onlyFor)
}
