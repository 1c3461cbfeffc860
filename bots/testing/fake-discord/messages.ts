import { messageBody, messageProblems } from './check-message.ts'
import type { Gateway } from './gateway.ts'
import { mentionedUsers, messagePayload } from './payloads.ts'
import type { SentFile } from './read-request.ts'
import { refusals } from './refusal.ts'
import { type Channel, type Component, FLAGS, type Message, type World } from './world.ts'

export type Written = { body: unknown; files: SentFile[] }

export type Messages = {
  create(written: Written, about: About): Message
  edit(message: Message, written: Written): Message
  remove(message: Message): void
  /** The bot's channel, if it may do this there. */
  allowed(channelId: string, wanted: keyof Channel['allowed']): Channel
}

type About = { channel: Channel; interactionToken: string | null; onlyFor: string | null; flags?: number }

/** Messages as the bot may write them; whatever happens to one is told over the gateway. */
export function createMessages(world: World, gateway: Gateway): Messages {
  function parse(body: unknown) {
    const read = messageBody.safeParse(body)
    if (read.success) return read.data
    throw refusals.invalidBody(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
  }

  function store({ body, files }: { body: ReturnType<typeof parse>; files: SentFile[] }) {
    return files.map(({ field, name, content }) => {
      const index = /^files\[(\d+)\]$/.exec(field)?.[1]
      const about = body.attachments?.find(({ id }) => String(id) === index)
      const id = world.newId()
      world.files.set(id, content)
      const url = `${world.fileBase}/${id}/${encodeURIComponent(name)}`
      return {
        id,
        filename: about?.filename ?? name,
        description: about?.description ?? null,
        size: content.length,
        url,
      }
    })
  }

  function tell(event: string, message: Message): void {
    // What one person alone sees is told to nobody else's session; the bot knows it from the answer to its request.
    if (message.onlyFor === null) gateway.send(event, messagePayload(world, message))
  }

  return {
    create(written, { channel, interactionToken, onlyFor, flags: set = 0 }) {
      const body = parse(written.body)
      const twin = body.enforce_nonce && world.messages.find(({ nonce }) => nonce === String(body.nonce))
      if (twin) return twin
      const flags = (body.flags ?? 0) | set
      const fileNames = written.files.map(({ name }) => name)
      const problems = messageProblems({ body, fileNames, flags, isEdit: (set & FLAGS.loading) !== 0 })
      if (problems.length > 0) throw refusals.invalidBody(problems)
      const message: Message = {
        id: world.newId(),
        channelId: channel.id,
        authorId: world.application.user.id,
        content: body.content ?? '',
        components: (body.components ?? []) as Component[],
        attachments: store({ body, files: written.files }),
        flags,
        nonce: body.nonce === null || body.nonce === undefined ? null : String(body.nonce),
        replyTo: body.message_reference?.message_id ?? null,
        edited: false,
        onlyFor,
        interactionToken,
        pings: [],
      }
      message.pings = pinged(world, message, body.allowed_mentions)
      world.messages.push(message)
      tell('MESSAGE_CREATE', message)
      return message
    },
    edit(message, written) {
      const body = parse(written.body)
      // This flag can be set later, never taken away.
      const flags = ((body.flags ?? 0) | (message.flags & ~FLAGS.loading)) & ~FLAGS.loading
      const kept = body.attachments
        ? message.attachments.filter(({ id }) => body.attachments?.some((one) => String(one.id) === id))
        : message.attachments
      const fileNames = [...written.files.map(({ name }) => name), ...kept.map(({ filename }) => filename)]
      const problems = messageProblems({ body, fileNames, flags, isEdit: true })
      if (problems.length > 0) throw refusals.invalidBody(problems)
      message.flags = flags
      message.content = body.content ?? (body.content === null ? '' : message.content)
      message.components = (body.components ?? message.components) as Component[]
      message.attachments = [...kept, ...store({ body, files: written.files })]
      message.edited = true
      message.pings = [...new Set([...message.pings, ...pinged(world, message, body.allowed_mentions)])]
      tell('MESSAGE_UPDATE', message)
      return message
    },
    remove(message) {
      world.messages.splice(world.messages.indexOf(message), 1)
      const channel = world.channels.get(message.channelId)
      const place = { channel_id: message.channelId, ...(channel?.guildId ? { guild_id: channel.guildId } : {}) }
      if (message.onlyFor === null) gateway.send('MESSAGE_DELETE', { id: message.id, ...place })
    },
    allowed(channelId, wanted) {
      const channel = world.channels.get(channelId)
      if (!channel) throw refusals.unknownChannel()
      if (!channel.allowed.view) throw refusals.missingAccess()
      if (channel.allowed[wanted]) return channel
      throw channel.guildId === null ? refusals.cannotMessageUser() : refusals.missingPermissions()
    },
  }
}

type AllowedMentions = NonNullable<ReturnType<(typeof messageBody)['parse']>['allowed_mentions']> | null | undefined

/** Whom a message pings: all that it mentions, unless it says whom it may. */
function pinged(world: World, message: Message, allowed: AllowedMentions): string[] {
  const text = [message.content, JSON.stringify(message.components)].join(' ')
  const may = (what: 'users' | 'roles' | 'everyone') => !allowed || (allowed.parse ?? []).includes(what)
  const users = mentionedUsers(world, { ...message, content: text, replyTo: null }).map(({ name }) => name)
  return [
    ...(may('everyone') && /@(?:everyone|here)/.test(text) ? ['everyone'] : []),
    ...(may('roles') && /<@&\d+>/.test(text) ? ['a role'] : []),
    ...(may('users') ? users : []),
  ]
}
