import { type Client, type Guild, type GuildMember, GuildMemberFlags, PermissionFlagsBits, type User } from 'discord.js'
import { briefCache } from '../desk/brief-cache.ts'
import type { ChatPerson, Place } from '../desk/chat-platform.ts'
import { SendRefused, toFailure } from './to-failure.ts'

/** Long enough for every key of a completion, short enough for a member who was removed. */
const REMEMBER_MS = 30_000

/** What Discord says about a person in a server, or about somebody who writes directly. It knows no time zones; languages it tells with interactions only. */
export function createPersonLookUp(client: Client, locales: ReadonlyMap<string, string>) {
  const people = briefCache<ChatPerson>(REMEMBER_MS)
  return async ({ workspace }: Place, personId: string): Promise<ChatPerson> => {
    const person = await people(`${workspace}/${personId}`, async () =>
      workspace ? member(guildOf(client, workspace), personId) : ofUser(await user(client, personId)),
    )
    return { ...person, locale: locales.get(personId) ?? null }
  }
}

function guildOf(client: Client, id: string): Guild {
  const guild = client.guilds.cache.get(id)
  if (!guild) throw new SendRefused({ kind: 'gone', what: 'bot-removed', detail: `the bot is not in server ${id}` })
  return guild
}

function user(client: Client, id: string): Promise<User> {
  return client.users.fetch(id)
}

async function member(guild: Guild, id: string): Promise<ChatPerson> {
  const found = await memberOrNull(guild, id)
  if (!found) return { ...ofUser(await user(guild.client, id)), isMember: false }
  const { Administrator, ManageGuild } = PermissionFlagsBits
  return {
    ...ofUser(found.user),
    name: found.displayName,
    groups: [...found.roles.cache.keys()].filter((role) => role !== guild.id),
    isAdmin: found.permissions.any([Administrator, ManageGuild]),
    isGuest: found.flags.has(GuildMemberFlags.IsGuest),
  }
}

async function memberOrNull(guild: Guild, id: string): Promise<GuildMember | null> {
  try {
    return await guild.members.fetch({ user: id, force: true, cache: false })
  } catch (error) {
    const failure = toFailure(error)
    if (failure?.kind === 'gone' && failure.what === 'person') return null
    throw error
  }
}

function ofUser({ id, displayName, bot }: User): ChatPerson {
  return {
    id,
    name: displayName,
    timeZone: null,
    locale: null,
    groups: [],
    isBot: bot,
    isAdmin: false,
    isGuest: false,
    isForeign: false,
    isMember: true,
  }
}
