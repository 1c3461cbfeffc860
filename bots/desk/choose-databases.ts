import type { Job, RegisteredDatabase } from '#core/chat-memory.ts'
import { allowedDatabases, authorise, findAllowed, mayManage, whomToAsk } from './authorise.ts'
import type { ChatMessage, Choice, PickerMessage } from './chat-message.ts'
import type { Place } from './chat-platform.ts'
import { actionId, channelKey } from './ids.ts'
import type { Office } from './office.ts'
import { isAdminHere, type Visitor } from './person-at.ts'
import { button } from './reply-message.ts'
import { bad } from './say.ts'

/** Which databases a question goes to, or what has to be said or chosen first. */
export type ChosenDatabases =
  | { kind: 'found'; ids: string[]; privately: boolean }
  | { kind: 'pick'; message: PickerMessage }
  | { kind: 'refused'; message: ChatMessage }

type Asked = {
  job: Pick<Job, 'questionId' | 'databases' | 'edits'>
  place: Place
  person: Visitor
  followed: string | null
}

const MOST_IN_REACH = 20
const MOST_OPTIONS = 100

/**
 * Finds the databases in reach: those that were named, those of the answer that is followed up, those of the channel, in direct messages all.
 * Where another database is named than that of what is followed up, or the person may not ask that one, as when others ask it in the same
 * thread, the question is one by itself.
 */
export function chooseDatabases(office: Office, { job, place, person, followed }: Asked): ChosenDatabases {
  if (!person.isMember || person.isBot) return { kind: 'refused', message: unknownPerson() }
  const isAllowed = (id: string) => findAllowed(office, place, person, id) !== undefined
  // What is followed up may be run again: where it is elsewhere, whether all may see the named databases says nothing about its rows.
  const isNamed = (id: string) =>
    job.databases?.some((name) => findAllowed(office, place, person, name)?.id === id) ?? true
  const mayFollow = followed !== null && (job.edits !== null || (isAllowed(followed) && isNamed(followed)))
  if (followed !== null && !mayFollow) office.memory.questions.unfollow(job.questionId)
  const named = job.databases ?? (mayFollow ? [followed] : null)
  if (named) return fromNames(office, { named, place, person })
  if (place.direct) return inDirect(office, place, person)
  const bound = boundDatabases(office, place)
  if (bound.length > 0) return fromChannel(office, { bound, place, person })
  const options = bindableDatabases(office, place, person)
  if (options.length === 0)
    return { kind: 'refused', message: noDatabase({ questionId: job.questionId, place, person }) }
  return { kind: 'pick', message: databasePicker(actionId('bind', job.questionId), options) }
}

/** The databases that a person may bind to a channel: their own, and those that may be asked in it anyway. Guests and strangers bind none. */
export function bindableDatabases(office: Office, place: Place, person: Visitor): RegisteredDatabase[] {
  if (person.isGuest || person.isForeign) return []
  return allowedDatabases(office, place, person).filter(
    (database) => mayManage(database, place, person) || authorise(office, { database, place, person }) === 'yes',
  )
}

/** A picker of databases. */
export function databasePicker(id: string, databases: RegisteredDatabase[]): PickerMessage {
  return {
    kind: 'picker',
    text: 'Which database belongs to this channel? Everybody in it will see the answers.',
    id,
    options: databases.slice(0, MOST_OPTIONS).map(toChoice),
    several: true,
    buttons: [],
  }
}

/** A database as something to choose. */
export function toChoice({ id, name, description }: RegisteredDatabase): Choice {
  return { label: name, value: id, description: description || null }
}

/** The databases that belong to a channel. */
export function boundDatabases({ memory, databases }: Office, place: Place): RegisteredDatabase[] {
  const ids = memory.access.bound(channelKey(place))
  return databases.list().filter(({ id }) => ids.includes(id))
}

type Named = { named: string[]; place: Place; person: Visitor }

function fromNames(office: Office, { named, place, person }: Named): ChosenDatabases {
  const found = named.map((name) => findAllowed(office, place, person, name))
  const missing = named.find((_, at) => !found[at])
  if (missing !== undefined) return { kind: 'refused', message: notAllowed(missing, office, person) }
  return inReach(
    office,
    found.flatMap((database) => database ?? []),
    { place, person },
  )
}

function fromChannel(
  office: Office,
  { bound, place, person }: { bound: RegisteredDatabase[]; place: Place; person: Visitor },
): ChosenDatabases {
  const allowed = bound.filter((database) => authorise(office, { database, place, person }) !== 'no')
  if (allowed.length > 0) return inReach(office, allowed, { place, person })
  const [first] = bound
  const message = bad(`You may not ask “${first?.name}”, which belongs to this channel.`, {
    advice: whomToAsk(office, person, first),
  })
  return { kind: 'refused', message }
}

function inDirect(office: Office, place: Place, person: Visitor): ChosenDatabases {
  const allowed = allowedDatabases(office, place, person)
  const own = allowed.filter(({ id }) => id !== office.sampleId)
  return inReach(office, own.length > 0 ? own : allowed, { place, person })
}

function inReach(
  office: Office,
  databases: RegisteredDatabase[],
  { place, person }: { place: Place; person: Visitor },
): ChosenDatabases {
  if (databases.length === 0) return { kind: 'refused', message: noDatabase({ questionId: null, place, person }) }
  const privately = databases.some((database) => authorise(office, { database, place, person }) === 'privately')
  return { kind: 'found', ids: databases.slice(0, MOST_IN_REACH).map(({ id }) => id), privately }
}

function unknownPerson() {
  return bad('I answer members of this workspace only.', {
    advice: 'Ask an administrator of this workspace for access.',
  })
}

/** The same whether there is no such database or it is somebody else's: who may not ask it must not learn that it is there. */
function notAllowed(name: string, office: Office, person: Visitor) {
  const called = IS_ID.test(name) ? 'The database of this question is not one' : `There is no database “${name}”`
  return bad(`${called} that you may ask here.`, { advice: whomToAsk(office, person) })
}

const IS_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function noDatabase({ questionId, place, person }: { questionId: string | null; place: Place; person: Visitor }) {
  const none = 'There is no database yet that you may ask here.'
  if (person.isGuest || person.isForeign)
    return bad(none, {
      advice: `Ask a member of this workspace ${place.direct ? 'for access to one' : 'to choose one for this channel'}.`,
    })
  const who = isAdminHere(person) ? 'whoever runs Rowbot' : 'an administrator of this workspace'
  return bad(none, {
    advice: `Add one, or ask ${who} for access to one.`,
    buttons: [button('add-database', questionId ?? 'new')],
  })
}

/** What belongs to a channel once this database does too. */
export function boundWith({ memory }: Office, place: Place, databaseId: string): string[] {
  return [...new Set([...memory.access.bound(channelKey(place)), databaseId])]
}
