import { z } from 'zod'
import { SlackRefusal } from './slack-refusal.ts'
import { directChannel, type SlackChannel, type SlackUser, type Workspace } from './slack-world.ts'
import { channelOf, flag, messageObject, type WebMethod, webMethod } from './web-method.ts'

const page = {
  channel: z.string(),
  limit: z.coerce.number().int().min(1).max(999).optional(),
  oldest: z.string().optional(),
  latest: z.string().optional(),
  inclusive: flag.optional(),
  cursor: z.string().optional(),
  include_all_metadata: flag.optional(),
}

/** Methods about channels, people and groups. */
export const placeMethods: Record<string, WebMethod> = {
  'auth.test': webMethod([], {}, ({ workspace }) => ({
    url: `https://${workspace.domain}.slack.com/`,
    team: workspace.name,
    team_id: workspace.id,
    user: 'rowbot',
    user_id: workspace.bot.userId,
    bot_id: workspace.bot.botId,
    is_enterprise_install: false,
  })),
  'conversations.open': webMethod(['im:write'], { users: z.string() }, ({ workspace }, { users }) => {
    if (!workspace.users.has(users)) throw new SlackRefusal('user_not_found')
    return { channel: { id: directChannel(workspace, users).id } }
  }),
  'conversations.info': webMethod(
    ['channels:read', 'groups:read', 'im:read'],
    { channel: z.string() },
    ({ workspace }, { channel }) => ({ channel: channelObject(workspace, channelOf(workspace, channel)) }),
  ),
  'conversations.history': webMethod(
    ['channels:history', 'groups:history', 'im:history'],
    page,
    ({ workspace }, args) => {
      const channel = readableChannel(workspace, args.channel)
      const found = channel.messages.filter(
        (message) => message.thread === undefined && message.onlyFor === undefined && isWithin(message.ts, args),
      )
      return listed(workspace, found.reverse(), args)
    },
  ),
  'conversations.replies': webMethod(
    ['channels:history', 'groups:history', 'im:history'],
    { ...page, ts: z.string() },
    ({ workspace }, args) => {
      const channel = readableChannel(workspace, args.channel)
      const found = channel.messages.filter(
        ({ ts, thread, onlyFor }) => (ts === args.ts || thread === args.ts) && onlyFor === undefined,
      )
      if (found.length === 0) throw new SlackRefusal('thread_not_found')
      return listed(workspace, found, args)
    },
  ),
  'users.info': webMethod(
    ['users:read'],
    { user: z.string(), include_locale: flag.optional() },
    ({ workspace }, { user: id, include_locale }) => {
      const user = workspace.users.get(id)
      if (!user) throw new SlackRefusal('user_not_found')
      return { user: userObject(user, include_locale ?? false) }
    },
  ),
  'usergroups.list': webMethod(['usergroups:read'], { include_users: flag.optional() }, ({ workspace }) => ({
    usergroups: [...workspace.groups.values()].map(({ id, handle, members }) => ({ id, handle, users: members })),
  })),
}

type Page = {
  limit?: number | undefined
  oldest?: string | undefined
  latest?: string | undefined
  inclusive?: boolean | undefined
}

function isWithin(ts: string, { oldest = '0', latest, inclusive = false }: Page): boolean {
  const time = Number(ts)
  const isAfter = inclusive ? time >= Number(oldest) : time > Number(oldest)
  return isAfter && (latest === undefined || (inclusive ? time <= Number(latest) : time < Number(latest)))
}

function listed(workspace: Workspace, messages: SlackChannel['messages'], { limit = 100 }: Page): object {
  return {
    messages: messages.slice(0, limit).map((message) => messageObject(workspace, message)),
    has_more: messages.length > limit,
  }
}

/** History needs the scope of that kind of channel, and membership. */
function readableChannel(workspace: Workspace, id: string): SlackChannel {
  const channel = channelOf(workspace, id)
  const needed = { public: 'channels:history', private: 'groups:history', im: 'im:history' }[channel.kind]
  if (!workspace.bot.scopes.has(needed))
    throw new SlackRefusal('missing_scope', { needed, provided: [...workspace.bot.scopes].join(',') })
  if (!channel.members.has(workspace.bot.userId)) throw new SlackRefusal('not_in_channel')
  return channel
}

/** https://docs.slack.dev/reference/objects/conversation-object */
function channelObject({ id: team, bot }: Workspace, channel: SlackChannel): object {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === 'public',
    is_im: channel.kind === 'im',
    is_private: channel.kind !== 'public',
    is_archived: channel.isArchived,
    is_member: channel.members.has(bot.userId),
    is_ext_shared: channel.isShared,
    is_shared: channel.isShared,
    context_team_id: team,
  }
}

/** https://docs.slack.dev/reference/objects/user-object */
function userObject(user: SlackUser, withLocale: boolean): object {
  return {
    id: user.id,
    team_id: user.team,
    name: user.name,
    real_name: user.name,
    deleted: user.isDeleted,
    tz: user.timeZone,
    ...(withLocale ? { locale: user.locale } : {}),
    profile: { display_name: user.name, real_name: user.name },
    is_admin: user.isAdmin,
    is_owner: false,
    is_restricted: user.isGuest,
    is_ultra_restricted: false,
    is_bot: user.isBot,
  }
}
