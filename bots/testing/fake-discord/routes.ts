import { z } from 'zod'
import type { Gateway } from './gateway.ts'
import { createInteractionRoutes } from './interactions.ts'
import { createMessages } from './messages.ts'
import { channelPayload, guildPayload, memberPayload, messagePayload, permissionsOf, userPayload } from './payloads.ts'
import type { ReadRequest } from './read-request.ts'
import { refusals } from './refusal.ts'
import type { Channel, Guild, Message, World } from './world.ts'

export type Route = {
  method: string
  /** `:name` stands for a part of the path. */
  path: string
  /** Interactions carry a token of their own and need no bot's. */
  open?: true
  handle: (request: ReadRequest, params: Record<string, string>) => unknown
}

type Parts = { world: World; gateway: Gateway; gatewayUrl: string }

/** The part of Discord's HTTP API that a bot like this one uses. `undefined` is answered with 204. */
export function createRoutes({ world, gateway, gatewayUrl }: Parts): Route[] {
  const messages = createMessages(world, gateway)
  const interactions = createInteractionRoutes(world, messages)
  const { application } = world
  const everyone = { interactionToken: null, onlyFor: null }

  const route = (method: string, path: string, handle: Route['handle'], open?: true): Route =>
    open ? { method, path, handle, open } : { method, path, handle }

  return [
    route('GET', '/gateway/bot', () => ({
      url: gatewayUrl,
      shards: 1,
      session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 },
    })),
    route('GET', '/users/@me', () => userPayload(application.user)),
    route('GET', '/users/:user', (_, { user = '' }) => userPayload(world.users.get(user) ?? missing('unknownUser'))),
    route('GET', '/applications/@me', () => applicationPayload(world)),
    route('GET', '/users/@me/guilds', () =>
      [...world.guilds.values()].map((guild) => ({
        id: guild.id,
        name: guild.name,
        icon: null,
        owner: false,
        permissions: String(permissionsOf(guild, application.user.id) & ~guild.withheld),
        features: [],
      })),
    ),
    route('GET', '/applications/:app/commands', () => world.commands),
    route('PUT', '/applications/:app/commands', ({ body }) => interactions.setCommands(body)),
    route('GET', '/guilds/:guild', (_, { guild = '' }) => guildPayload(world, guildOf(world, guild))),
    route(
      'GET',
      '/guilds/:guild/members/:user',
      (_, { guild = '', user = '' }) =>
        memberPayload(world, guildOf(world, guild), user) ??
        missing(world.users.has(user) ? 'unknownMember' : 'unknownUser'),
    ),
    route('POST', '/users/@me/channels', ({ body }) => {
      const { recipient_id } = z.object({ recipient_id: z.string() }).parse(body)
      if (!world.users.has(recipient_id)) throw refusals.unknownUser()
      return channelPayload(world, directChannel(world, recipient_id))
    }),
    route('GET', '/channels/:channel', (_, { channel = '' }) =>
      channelPayload(world, messages.allowed(channel, 'view')),
    ),
    route('POST', '/channels/:channel/typing', (_, { channel = '' }) => void messages.allowed(channel, 'send')),
    route('POST', '/channels/:channel/messages', ({ body, files }, { channel = '' }) => {
      const place = messages.allowed(channel, 'send')
      if (files.length > 0) messages.allowed(channel, 'attach')
      return messagePayload(world, messages.create({ body, files }, { channel: place, ...everyone }))
    }),
    route('GET', '/channels/:channel/messages', ({ query }, { channel = '' }) => {
      // Without the permission to read the history the list is empty, which is no error.
      if (!messages.allowed(channel, 'view').allowed.history) return []
      const limit = Number(query.get('limit') ?? 50)
      const seen = world.messages.filter((one) => one.channelId === channel && one.onlyFor === null)
      return seen
        .slice(-limit)
        .reverse()
        .map((one) => messagePayload(world, one))
    }),
    route('GET', '/channels/:channel/messages/:message', (_, { channel = '', message = '' }) => {
      messages.allowed(channel, 'history')
      return messagePayload(world, messageIn(world, channel, message))
    }),
    route('PATCH', '/channels/:channel/messages/:message', ({ body, files }, { channel = '', message = '' }) => {
      messages.allowed(channel, 'view')
      return messagePayload(world, messages.edit(ownMessageIn(world, channel, message), { body, files }))
    }),
    route('DELETE', '/channels/:channel/messages/:message', (_, { channel = '', message = '' }) =>
      messages.remove(ownMessageIn(world, channel, message)),
    ),
    route(
      'POST',
      '/interactions/:id/:token/callback',
      ({ body, files }, { id = '', token = '' }) => interactions.answer(id, token, { body, files }),
      true,
    ),
    route(
      'POST',
      '/webhooks/:app/:token',
      ({ body, files }, { app = '', token = '' }) => interactions.followUp(app, token, { body, files }),
      true,
    ),
    route(
      'GET',
      '/webhooks/:app/:token/messages/:message',
      (_, { app = '', token = '', message = '' }) => interactions.get(app, token, message),
      true,
    ),
    route(
      'PATCH',
      '/webhooks/:app/:token/messages/:message',
      ({ body, files }, { app = '', token = '', message = '' }) =>
        interactions.edit(app, token, message, { body, files }),
      true,
    ),
    route(
      'DELETE',
      '/webhooks/:app/:token/messages/:message',
      (_, { app = '', token = '', message = '' }) => interactions.remove(app, token, message),
      true,
    ),
  ]
}

/** The channel of direct messages with a user, made when it is first needed. */
export function directChannel(world: World, userId: string): Channel {
  const found = [...world.channels.values()].find(({ recipientId }) => recipientId === userId)
  if (found) return found
  const allowed = { view: true, send: true, attach: true, history: true }
  const channel: Channel = { id: world.newId(), name: 'direct', guildId: null, recipientId: userId, allowed }
  world.channels.set(channel.id, channel)
  return channel
}

function applicationPayload({ application }: World): object {
  return {
    id: application.id,
    name: 'Rowbot',
    description: '',
    icon: null,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '',
    // GATEWAY_MESSAGE_CONTENT_LIMITED, which bots in few servers have once it is switched on.
    flags: application.messageContent ? 1 << 19 : 0,
  }
}

function guildOf(world: World, id: string): Guild {
  const guild = world.guilds.get(id)
  if (!guild) throw refusals.unknownGuild()
  if (!guild.members.has(world.application.user.id)) throw refusals.missingAccess()
  return guild
}

function messageIn(world: World, channelId: string, id: string): Message {
  const found = world.messages.find((one) => one.id === id && one.channelId === channelId && one.onlyFor === null)
  return found ?? missing('unknownMessage')
}

function ownMessageIn(world: World, channelId: string, id: string): Message {
  const message = messageIn(world, channelId, id)
  if (message.authorId !== world.application.user.id) throw refusals.notMine()
  return message
}

function missing(what: 'unknownUser' | 'unknownMember' | 'unknownMessage'): never {
  throw refusals[what]()
}
