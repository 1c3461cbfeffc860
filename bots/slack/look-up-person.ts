import type { WebClient } from '@slack/web-api'
import { briefCache } from '../desk/brief-cache.ts'
import type { ChatPerson } from '../desk/chat-platform.ts'

const CACHE_MS = 5 * 60_000

/** What Slack says about a person in a workspace: profile, time zone, locale, user groups. */
export function createPeopleLookUp(): (client: WebClient, workspace: string, personId: string) => Promise<ChatPerson> {
  const people = briefCache<ChatPerson>(CACHE_MS)
  const groups = briefCache<Map<string, string[]>>(CACHE_MS)
  return async (client, workspace, personId) => {
    const person = await people(`${workspace} ${personId}`, () => askFor(client, workspace, personId))
    const members = await groups(workspace, () => groupsOf(client))
    return { ...person, groups: [...members].flatMap(([group, ids]) => (ids.includes(personId) ? [group] : [])) }
  }
}

async function askFor(client: WebClient, workspace: string, personId: string): Promise<ChatPerson> {
  const { user = {} } = await client.users.info({ user: personId, include_locale: true })
  const isOfOrganisation = user.team_id === workspace || (user.enterprise_user?.teams ?? []).includes(workspace)
  return {
    id: personId,
    name: user.profile?.display_name || user.real_name || user.name || personId,
    timeZone: user.tz ?? null,
    locale: user.locale ?? null,
    groups: [],
    isBot: user.is_bot ?? false,
    isAdmin: Boolean(user.is_admin || user.is_owner),
    isGuest: Boolean(user.is_restricted || user.is_ultra_restricted),
    isForeign: !isOfOrganisation,
    isMember: !user.deleted,
  }
}

/** Without the scope for user groups nobody is in one: rules that name a group then allow nobody. */
async function groupsOf(client: WebClient): Promise<Map<string, string[]>> {
  const { usergroups = [] } = await client.usergroups.list({ include_users: true }).catch(() => ({ usergroups: [] }))
  return new Map(usergroups.flatMap(({ id, users = [] }) => (id ? [[id, users] as const] : [])))
}
