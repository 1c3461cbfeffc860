import type { Asker } from '#core/question.ts'
import { isLocale, isTimeZone } from '#core/setting-values.ts'
import type { NoticeMessage } from './chat-message.ts'
import type { ChatPerson, Place, SendFailure, Sent } from './chat-platform.ts'
import { personKey, workspaceKey } from './ids.ts'
import type { Office } from './office.ts'
import { bad } from './say.ts'

/** A person in a place, as the desk knows them. */
export type Visitor = ChatPerson & {
  /** Their id in the state. */
  key: string
  /** Administers Rowbot itself: every workspace and the databases of this installation. */
  isRowbotAdmin: boolean
}

/** Asks the platform who somebody is now, and remembers their name. */
export async function personAt(office: Office, place: Place, personId: string): Promise<Sent<Visitor>> {
  const platform = office.platforms.get(place.platform)
  if (!platform) return { ok: false, failure: { kind: 'unavailable', detail: 'not connected' } }
  const found = await platform.lookUp(place, personId)
  if (!found.ok) return found
  const key = personKey(place.platform, personId)
  office.memory.people.ensure({ id: key, workspaceId: workspaceKey(place), name: found.value.name })
  const isRowbotAdmin = office.settings.admins.includes(key) && found.value.isMember && !found.value.isForeign
  return { ok: true, value: { ...found.value, key, isRowbotAdmin } }
}

/** Why nothing is done for somebody whom the platform does not name. */
export function unknownPerson(failure: SendFailure): NoticeMessage {
  if (failure.kind === 'forbidden')
    return bad(`I may not find out who you are: ${failure.missing} is missing.`, { advice: failure.fix })
  return bad('I could not find out who you are, so I must not do that.', { advice: 'Try again in a moment.' })
}

/** How a person reads numbers and dates: what they have set, what the platform says, what holds here. */
export function askerOf({ memory, settings }: Office, person: Visitor): Asker {
  const set = memory.chatPeople.settings(person.key)
  const locale = [set.locale, person.locale].find((one) => one !== null && isLocale(one)) ?? settings.locale
  const timeZone = [set.timeZone, person.timeZone].find((one) => one !== null && isTimeZone(one)) ?? settings.timeZone
  return { id: person.key, locale, timeZone, weekStart: settings.weekStart }
}

/** Administers the workspace of this place. */
export function isAdminHere(person: Visitor): boolean {
  return person.isRowbotAdmin || (person.isAdmin && person.isMember && !person.isForeign && !person.isGuest)
}
