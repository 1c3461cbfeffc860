import { DateTime } from 'luxon'
import type { Quota } from '#core/chat-memory.ts'
import type { Place } from './chat-platform.ts'
import { channelKey, workspaceKey } from './ids.ts'
import type { Office } from './office.ts'

/** A limit, and how much of it is used up today. */
type UsedQuota = Quota & { used: number }

/** The limits that hold for a person in a place. */
export function quotasFor({ memory, settings, now }: Office, place: Place, personId: string): UsedQuota[] {
  const today = DateTime.fromJSDate(now(), { zone: settings.timeZone }).startOf('day').toJSDate()
  const who = { person: { personId }, channel: { channel: channelKey(place) } }
  const here = memory.chatPeople.quotas(workspaceKey(place))
  const quotas = place.workspace === '' ? [...here, ...elsewhere(memory, personId)] : here
  return quotas.map((quota) => ({ ...quota, used: memory.jobs.countSince(today, who[quota.scope]) }))
}

/**
 * Direct messages that belong to no workspace are no way around the limits of those where the person asks: the strictest holds. Only where
 * they have asked: what somebody says about a person in a workspace of their own limits nobody.
 */
function elsewhere({ chatPeople }: Office['memory'], personId: string): Quota[] {
  const quotas = chatPeople.workspacesOf(personId).flatMap((id) => chatPeople.quotas(id))
  const personal = quotas.filter(({ scope }) => scope === 'person')
  return personal.sort((one, other) => one.perDay - other.perDay).slice(0, 1)
}
