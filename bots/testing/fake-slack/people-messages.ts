import type { At } from './slack-people.ts'
import { findMessage, nextTimestamp, type SlackMessage, type SlackUser, type Workspace } from './slack-world.ts'

/** What people do with messages of their own. */
export type PeopleMessages = {
  /** A message; `<@BOT>` in it mentions the bot. Gives its time. */
  say(person: At, text: string): Promise<string>
  edit(person: At, ts: string, text: string): Promise<void>
  /** Deletes a message; where a thread hangs on it, a tombstone stays. */
  remove(person: At, ts: string): Promise<void>
  /** Slack shows what a link in the message leads to. */
  unfurl(person: At, ts: string): Promise<void>
}

type Parts = { event(workspace: Workspace, about: Record<string, unknown>): Promise<unknown>; changed(): void }

/** Writes, changes and takes away messages in the world, and tells the app of it as Slack does. */
export function peopleMessages({ event, changed }: Parts): PeopleMessages {
  /** Message events come for direct messages, and for channels whose history the app may read. */
  async function tellOfMessage({ workspace, channel }: At, about: Record<string, unknown>): Promise<void> {
    if (!channel.members.has(workspace.bot.userId)) return
    const scope = { public: 'channels:history', private: 'groups:history', im: 'im:history' }[channel.kind]
    const kind = { public: 'channel', private: 'group', im: 'im' }[channel.kind]
    if (workspace.bot.scopes.has(scope))
      await event(workspace, { type: 'message', channel: channel.id, channel_type: kind, ...about })
  }

  /** https://docs.slack.dev/reference/events/message: what has replies is not deleted but changed, in the name of Slack itself. */
  async function leaveTombstone(at: At, ts: string): Promise<void> {
    const message = personsOwn(at, ts)
    const before = { type: 'message', user: message.user, text: escaped(message.text), ts, thread_ts: ts }
    const stone = { user: 'USLACKBOT', text: 'This message was deleted.' }
    Object.assign(message, stone)
    await tellOfMessage(at, {
      subtype: 'message_changed',
      hidden: true,
      message: { type: 'message', subtype: 'tombstone', hidden: true, ...stone, ts, thread_ts: ts },
      previous_message: before,
      ts: nextTimestamp(),
    })
  }

  return {
    async say(at, text) {
      const { workspace, user, channel, thread } = at
      const message = personsMessage(user, text, thread)
      channel.messages.push(message)
      changed()
      const about = {
        user: user.id,
        team: user.team,
        text: escaped(text),
        ts: message.ts,
        client_msg_id: crypto.randomUUID(),
        ...(thread ? { thread_ts: thread } : {}),
      }
      const isMember = channel.members.has(workspace.bot.userId)
      if (
        isMember &&
        channel.kind !== 'im' &&
        text.includes(`<@${workspace.bot.userId}>`) &&
        workspace.bot.scopes.has('app_mentions:read')
      )
        await event(workspace, { type: 'app_mention', channel: channel.id, ...about })
      await tellOfMessage(at, about)
      return message.ts
    },
    async edit(at, ts, text) {
      const message = personsOwn(at, ts)
      const before = { user: message.user, text: message.text, ts }
      Object.assign(message, { text, edits: message.edits + 1 })
      const edited = {
        type: 'message',
        user: message.user,
        text: escaped(text),
        ts,
        edited: { user: at.user.id, ts },
      }
      await tellOfMessage(at, {
        subtype: 'message_changed',
        hidden: true,
        message: edited,
        previous_message: before,
        ts: nextTimestamp(),
      })
    },
    async unfurl(at, ts) {
      const { user, text } = personsOwn(at, ts)
      const before = { type: 'message', user, text: escaped(text), ts }
      const attachments = [{ id: 1, from_url: 'https://example.com', fallback: 'Example' }]
      await tellOfMessage(at, {
        subtype: 'message_changed',
        hidden: true,
        message: { ...before, attachments },
        previous_message: before,
        ts: nextTimestamp(),
      })
    },
    async remove(at, ts) {
      const { channel } = at
      if (channel.messages.some(({ thread }) => thread === ts)) return leaveTombstone(at, ts)
      channel.messages = channel.messages.filter((message) => message.ts !== ts)
      await tellOfMessage(at, {
        subtype: 'message_deleted',
        hidden: true,
        deleted_ts: ts,
        previous_message: { ts, user: at.user.id },
        ts: nextTimestamp(),
      })
    },
  }
}

function personsOwn({ channel }: At, ts: string): SlackMessage {
  const message = findMessage(channel, ts)
  if (!message) throw new Error('no such message')
  return message
}

function personsMessage(user: SlackUser, text: string, thread: string | undefined): SlackMessage {
  return {
    ts: nextTimestamp(),
    user: user.id,
    text,
    blocks: [],
    thread,
    files: [],
    metadata: undefined,
    onlyFor: undefined,
    edits: 0,
  }
}

/** What people type reaches apps with &, < and > as entities; mentions that the client made stay. */
function escaped(text: string): string {
  return text
    .split(/(<@[A-Z0-9]+>)/)
    .map((part, at) =>
      at % 2 === 1 ? part : part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    )
    .join('')
}
