import type { AccessRules, RegisteredDatabase } from '#core/chat-memory.ts'
import type { Place } from './chat-platform.ts'
import { channelKey, groupKey, workspaceKey, workspaceOf } from './ids.ts'
import type { Office } from './office.ts'
import { isAdminHere, type Visitor } from './person-at.ts'

/** Whether somebody may ask a database in a place. `privately`: yes, but nobody else in the place may see the answer. */
export type Permission = 'yes' | 'privately' | 'no'

const OWN = 'local'

/** Everything about a database that decides who may ask it. */
type Asked = { database: RegisteredDatabase; place: Place; person: Visitor }

/** What a person may do with a database here. Who is not known, has left or is a bot may do nothing. */
export function authorise(office: Office, asked: Asked): Permission {
  const { database, place, person } = asked
  if (!person.isMember || person.isBot) return 'no'
  if (database.id === office.sampleId) return 'yes'
  const rules = office.memory.access.rules(database.id)
  if (!mayAsk(rules, asked)) return 'no'
  return place.direct || isForAllHere(rules, place) ? 'yes' : 'privately'
}

/** Who may change who may ask it, bind it to channels and remove it. */
export function mayManage(database: RegisteredDatabase, place: Place, person: Visitor): boolean {
  if (!person.isMember || person.isBot) return false
  if (person.isRowbotAdmin || database.ownerId === person.key) return true
  // What belongs to this installation is its operator's, not every workspace administrator's.
  return isAdminHere(person) && database.workspaceId === workspaceKey(place)
}

/**
 * Who may verify a database's answers and say what words mean in it: who manages it, and who is trusted. What they say reaches everybody who
 * may ask it, so a person must be trusted in every workspace that this is, whatever an administrator of another one says of them.
 */
export function mayTeach(office: Office, { database, place, person }: Asked): boolean {
  if (mayManage(database, place, person)) return true
  if (database.id === office.sampleId && isAdminHere(person)) return true
  if (!person.isMember || person.isBot || person.isGuest || person.isForeign) return false
  const workspaces = reachedWorkspaces(office, database, place)
  const isTrustedIn = (id: string) => office.memory.chatPeople.trusted(id).includes(person.key)
  return workspaces.length > 0 && workspaces.every(isTrustedIn)
}

/** The workspaces in which a database is asked: its own one; for one of this installation those that were let in, and this one. */
function reachedWorkspaces({ memory }: Office, database: RegisteredDatabase, place: Place): string[] {
  if (database.workspaceId !== OWN) return [database.workspaceId]
  const { channels, groups } = memory.access.rules(database.id)
  const granted = [...channels, ...groups].map(workspaceOf)
  return [...new Set(place.workspace === '' ? granted : [...granted, workspaceKey(place)])]
}

/** The databases that a person may ask in a place, by name. */
export function allowedDatabases(office: Office, place: Place, person: Visitor): RegisteredDatabase[] {
  return office.databases.list().filter((database) => authorise(office, { database, place, person }) !== 'no')
}

/** A database by id or name among those that the person may ask here: a guessed id of another's finds nothing. */
export function findAllowed(office: Office, place: Place, person: Visitor, idOrName: string) {
  const wanted = idOrName.trim().toLowerCase()
  const allowed = allowedDatabases(office, place, person)
  return (
    allowed.find(({ id }) => id === idOrName) ??
    allowed.find(({ name, workspaceId }) => name.toLowerCase() === wanted && workspaceId === workspaceKey(place)) ??
    allowed.find(({ name }) => name.toLowerCase() === wanted)
  )
}

/**
 * Whom to ask for access, in words. `database` only where the person may learn that it is there. What belongs to this installation, and
 * what an administrator of the workspace may not ask, is none of the workspace's to give.
 */
export function whomToAsk({ memory }: Office, person: Visitor, database?: RegisteredDatabase): string {
  const owner = database?.ownerId ? memory.chatPeople.name(database.ownerId) : null
  if (owner) return `Ask ${owner}, who owns it, for access.`
  if (database?.workspaceId !== OWN && !isAdminHere(person)) return 'Ask an administrator of this workspace for access.'
  return 'Ask whoever runs Rowbot for access: it is given in the web console, or by somebody whom ROWBOT_ADMINS names.'
}

/** Why an answer in a channel is for who asked alone. */
export function whyPrivately({ shared }: Place): string {
  if (shared) return 'people of other organisations are in this channel.'
  if (shared === null)
    return 'it is not known whether people of other organisations are in this channel. Invite me into it, or let an administrator see what I may not do yet (`rowbot install`).'
  return 'not everybody in this channel may ask its database.'
}

function mayAsk(rules: AccessRules, { database, place, person }: Asked): boolean {
  if (mayManage(database, place, person)) return true
  const isFromHere = database.workspaceId === workspaceKey(place) || database.workspaceId === OWN
  const isDirectWithoutHome = place.direct && place.workspace === ''
  if (!isFromHere && !isDirectWithoutHome) return false
  if (person.isGuest && !rules.guests) return false
  if (person.isForeign && !rules.strangers) return false
  if (rules.people.includes(person.key)) return true
  if (person.groups.some((group) => rules.groups.includes(groupKey(place, group)))) return true
  return !place.direct && rules.channels.includes(channelKey(place))
}

/** An answer in a channel is seen by everybody in it. */
function isForAllHere(rules: AccessRules, place: Place): boolean {
  return rules.channels.includes(channelKey(place)) && (place.shared === false || rules.strangers)
}
