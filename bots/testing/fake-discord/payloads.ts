import { type Channel, type Guild, type Message, PERMISSIONS, type User, type World } from './world.ts'

/** A user as in every payload. */
export function userPayload({ id, name, bot }: User): object {
  return { id, username: name.toLowerCase(), global_name: name, discriminator: '0', avatar: null, bot, public_flags: 0 }
}

/** A member of a server; null where the user is none. */
export function memberPayload(world: World, guild: Guild, userId: string): object | null {
  const member = guild.members.get(userId)
  const user = world.users.get(userId)
  if (!member || !user) return null
  return { user: userPayload(user), roles: member.roles, ...restOfMember }
}

const restOfMember = {
  nick: null,
  avatar: null,
  joined_at: '2026-01-01T00:00:00.000000+00:00',
  premium_since: null,
  deaf: false,
  mute: false,
  pending: false,
  flags: 0,
  communication_disabled_until: null,
}

/** What a member may do in the server, from their roles. */
export function permissionsOf(guild: Guild, userId: string): bigint {
  if (guild.ownerId === userId) return PERMISSIONS.administrator | everyday
  const roles = guild.roles.filter(({ id }) => guild.members.get(userId)?.roles.includes(id))
  return roles.reduce((all, role) => all | role.permissions, everyday)
}

const everyday =
  PERMISSIONS.viewChannel |
  PERMISSIONS.sendMessages |
  PERMISSIONS.sendInThreads |
  PERMISSIONS.attachFiles |
  PERMISSIONS.readMessageHistory |
  PERMISSIONS.useCommands

/** What the bot may do in a channel, as interactions say it. */
export function botPermissions({ allowed }: Channel): bigint {
  return (
    (allowed.view ? PERMISSIONS.viewChannel : 0n) |
    (allowed.send ? PERMISSIONS.sendMessages : 0n) |
    (allowed.attach ? PERMISSIONS.attachFiles : 0n) |
    (allowed.history ? PERMISSIONS.readMessageHistory : 0n)
  )
}

/** A channel of a server, or one of direct messages. */
export function channelPayload(world: World, channel: Channel): object {
  const { id, name, guildId, recipientId } = channel
  if (guildId === null) {
    const recipient = world.users.get(recipientId ?? '')
    return { id, type: 1, last_message_id: null, flags: 0, recipients: recipient ? [userPayload(recipient)] : [] }
  }
  const rest = { topic: null, nsfw: false, rate_limit_per_user: 0, parent_id: null, last_message_id: null, flags: 0 }
  return { id, type: 0, guild_id: guildId, name, position: 0, permission_overwrites: [], ...rest }
}

/** A server as it comes over the gateway when the bot gets to know it. */
export function guildPayload(world: World, guild: Guild): object {
  const channels = [...world.channels.values()].filter(({ guildId }) => guildId === guild.id)
  const role = (id: string, name: string, permissions: bigint) => ({
    id,
    name,
    permissions: String(permissions),
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position: 0,
    managed: false,
    mentionable: false,
    flags: 0,
  })
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    icon: null,
    splash: null,
    features: [],
    unavailable: false,
    large: false,
    member_count: guild.members.size,
    joined_at: '2026-01-01T00:00:00.000000+00:00',
    preferred_locale: 'en-US',
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    system_channel_flags: 0,
    afk_timeout: 300,
    roles: [
      role(guild.id, '@everyone', everyday),
      ...guild.roles.map(({ id, name, permissions }) => role(id, name, permissions)),
    ],
    channels: channels.filter(({ allowed }) => allowed.view).map((channel) => channelPayload(world, channel)),
    members: [memberPayload(world, guild, world.application.user.id)],
    ...Object.fromEntries(emptyLists.map((name) => [name, []])),
  }
}

const emptyLists = [
  'emojis',
  'stickers',
  'threads',
  'presences',
  'voice_states',
  'stage_instances',
  'guild_scheduled_events',
  'soundboard_sounds',
]

/** A message as the bot gets it: without the privileged intent, what does not concern the bot comes empty. */
export function messagePayload(world: World, message: Message, hidden = false): object {
  const channel = world.channels.get(message.channelId)
  const author = world.users.get(message.authorId)
  const guild = world.guilds.get(channel?.guildId ?? '')
  const replied = world.messages.find(({ id }) => id === message.replyTo)
  return {
    id: message.id,
    channel_id: message.channelId,
    channel_type: guild ? 0 : 1,
    type: message.replyTo ? 19 : 0,
    author: author ? userPayload(author) : null,
    content: hidden ? '' : message.content,
    components: hidden ? [] : message.components,
    attachments: hidden ? [] : message.attachments.map((file) => ({ ...file, proxy_url: file.url })),
    embeds: [],
    flags: message.flags,
    nonce: message.nonce,
    timestamp: '2026-11-28T12:00:00.000000+00:00',
    edited_timestamp: message.edited ? '2026-11-28T12:01:00.000000+00:00' : null,
    tts: false,
    pinned: false,
    mention_everyone: false,
    mentions: mentionedUsers(world, message).map(userPayload),
    mention_roles: [],
    ...(guild ? { guild_id: guild.id, member: withoutUser(memberPayload(world, guild, message.authorId)) } : {}),
    ...(message.replyTo
      ? { message_reference: { type: 0, channel_id: message.channelId, message_id: message.replyTo } }
      : {}),
    ...(replied ? { referenced_message: { ...messagePayload(world, { ...replied, replyTo: null }, hidden) } } : {}),
  }
}

/** Who is mentioned by name; a reply mentions the author of what it replies to. */
export function mentionedUsers(world: World, { content, replyTo }: Message): User[] {
  const ids = new Set(Array.from(content.matchAll(/<@!?(\d+)>/g), ([, id = '']) => id))
  const repliedTo = world.messages.find(({ id }) => id === replyTo)
  // A reply to the answer of a command does not mention the bot.
  if (repliedTo && repliedTo.interactionToken === null) ids.add(repliedTo.authorId)
  return [...ids].flatMap((id) => world.users.get(id) ?? [])
}

function withoutUser(member: object | null): object {
  return Object.fromEntries(Object.entries(member ?? {}).filter(([name]) => name !== 'user'))
}
