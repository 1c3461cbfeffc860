import { allComponents } from './check-message.ts'
import type { Gateway } from './gateway.ts'
import { guildPayload, mentionedUsers, messagePayload } from './payloads.ts'
import { createInteractions } from './people-interactions.ts'
import { directChannel } from './routes.ts'
import type { Channel, Guild, Message, User, World } from './world.ts'

export type GivenFile = { name: string; content: string | Buffer }

export type Person = {
  user: User
  say(channel: Channel, text: string, options?: { replyTo?: Message }): Message
  edit(message: Message, text: string): void
  delete(message: Message): void
} & ReturnType<ReturnType<typeof createInteractions>>

export type People = {
  /** A server with the bot in it. */
  addGuild(name: string): Guild
  addChannel(guild: Guild, name: string): Channel
  addRole(guild: Guild, name: string, permissions?: bigint): { id: string; name: string; permissions: bigint }
  /** A person; with `guild` a member of it. */
  addPerson(name: string, options?: { guild?: Guild; roles?: string[]; locale?: string }): Person
  /** The channel of direct messages with a person. */
  direct(person: Person): Channel
  deleteChannel(channel: Channel): void
  removeBot(guild: Guild): void
  /** What a person sees in a channel, oldest first. */
  seenBy(person: Person, channel: Channel): Message[]
  /** Makes all tokens of interactions invalid, as 15 minutes do. */
  expireTokens(): void
}

/** The people of the fake, and what they can do. */
export function createPeople(world: World, gateway: Gateway): People {
  const interactionsOf = createInteractions(world, gateway)

  /** What the bot may read of a message without the privileged intent. */
  function isHidden(message: Message, channel: Channel): boolean {
    const concernsBot = mentionedUsers(world, message).some(({ id }) => id === world.application.user.id)
    return !world.application.messageContent && channel.guildId !== null && !concernsBot
  }

  function tell(event: string, message: Message): void {
    const channel = world.channels.get(message.channelId)
    if (channel?.allowed.view) gateway.send(event, messagePayload(world, message, isHidden(message, channel)))
  }

  return {
    addGuild(name) {
      const owner = addUser(world, { name: `owner of ${name}`, locale: 'en-US' })
      const bot = world.application.user.id
      const members = new Map([owner.id, bot].map((id) => [id, { roles: [] as string[] }]))
      const guild: Guild = { id: world.newId(), name, ownerId: owner.id, roles: [], members, withheld: 0n }
      world.guilds.set(guild.id, guild)
      gateway.send('GUILD_CREATE', guildPayload(world, guild))
      return guild
    },
    addChannel(guild, name) {
      const allowed = { view: true, send: true, attach: true, history: true }
      const channel: Channel = { id: world.newId(), name, guildId: guild.id, recipientId: null, allowed }
      world.channels.set(channel.id, channel)
      return channel
    },
    addRole(guild, name, permissions = 0n) {
      const role = { id: world.newId(), name, permissions }
      guild.roles.push(role)
      return role
    },
    addPerson(name, { guild, roles = [], locale = 'en-GB' } = {}) {
      const user = addUser(world, { name, locale })
      guild?.members.set(user.id, { roles })
      return {
        user,
        ...interactionsOf(user),
        say(channel, text, { replyTo } = {}) {
          const message = written(world, { user, channel, text, replyTo: replyTo?.id ?? null })
          world.messages.push(message)
          tell('MESSAGE_CREATE', message)
          return message
        },
        edit(message, text) {
          Object.assign(message, { content: text, edited: true })
          tell('MESSAGE_UPDATE', message)
        },
        delete(message) {
          world.messages.splice(world.messages.indexOf(message), 1)
          const guildId = world.channels.get(message.channelId)?.guildId
          gateway.send('MESSAGE_DELETE', {
            id: message.id,
            channel_id: message.channelId,
            ...(guildId ? { guild_id: guildId } : {}),
          })
        },
      }
    },
    direct: (person) => directChannel(world, person.user.id),
    deleteChannel(channel) {
      world.channels.delete(channel.id)
      gateway.send('CHANNEL_DELETE', { id: channel.id, type: 0, guild_id: channel.guildId, name: channel.name })
    },
    removeBot(guild) {
      guild.members.delete(world.application.user.id)
      for (const channel of world.channels.values()) {
        if (channel.guildId === guild.id) channel.allowed = { view: false, send: false, attach: false, history: false }
      }
      gateway.send('GUILD_DELETE', { id: guild.id })
    },
    seenBy: ({ user }, channel) =>
      world.messages.filter(
        ({ channelId, onlyFor }) => channelId === channel.id && (onlyFor === null || onlyFor === user.id),
      ),
    expireTokens() {
      for (const interaction of world.interactions.values()) interaction.expired = true
    },
  }
}

/** All text of a message with its markup, as it was sent. */
export function sentText({ content, components }: Message): string {
  const texts = allComponents(components).flatMap((part) => (typeof part.content === 'string' ? [part.content] : []))
  return [content, ...texts].filter(Boolean).join('\n')
}

function addUser(world: World, { name, locale }: { name: string; locale: string }): User {
  const user = { id: world.newId(), name, bot: false, locale }
  world.users.set(user.id, user)
  return user
}

type ByPerson = { user: User; channel: Channel; text: string; replyTo: string | null }

function written(world: World, { user, channel, text, replyTo }: ByPerson): Message {
  return {
    id: world.newId(),
    channelId: channel.id,
    authorId: user.id,
    content: text,
    components: [],
    attachments: [],
    flags: 0,
    nonce: null,
    replyTo,
    edited: false,
    onlyFor: null,
    interactionToken: null,
    pings: [],
  }
}
