import type { RegisteredDatabase } from '#core/chat-memory.ts'
import { mayManage } from './authorise.ts'
import type { ChatMessage } from './chat-message.ts'
import { boundDatabases } from './choose-databases.ts'
import { channelKey } from './ids.ts'
import { isAdminHere } from './person-at.ts'
import { bad, good } from './say.ts'
import type { Visit } from './visit.ts'
import { writeAudit } from './write-audit.ts'

/**
 * Lets these databases, which the person may bind, belong to the channel from now on, in place of those that did. Nothing is changed where
 * one would go that the person may not take away. Whoever may manage a database lets the channel ask it by that. Gives what is to be said.
 */
export function bindDatabases(visit: Visit, databases: RegisteredDatabase[]): ChatMessage {
  const { office, place, person } = visit
  const { access } = office.memory
  const kept = boundDatabases(office, place)
    .filter(({ id }) => !databases.some((one) => one.id === id))
    .filter((database) => !mayTakeAway(visit, database))
  if (kept.length > 0) return notToTakeAway(kept)
  const channel = channelKey(place)
  for (const database of databases) {
    const rules = access.rules(database.id)
    if (database.id === office.sampleId || rules.channels.includes(channel)) continue
    if (mayManage(database, place, person))
      access.setRules(database.id, { ...rules, channels: [...rules.channels, channel] })
  }
  access.bind(
    channel,
    databases.map(({ id }) => id),
  )
  const names = databases.map(({ name }) => name).join(', ')
  writeAudit(visit, { action: 'chose for a channel', database: names })
  return good(`This channel asks ${names} from now on. Everybody in it will see the answers.`)
}

/** The sample is nobody's. */
function mayTakeAway({ office, place, person }: Visit, database: RegisteredDatabase): boolean {
  return database.id === office.sampleId || isAdminHere(person) || mayManage(database, place, person)
}

function notToTakeAway(kept: RegisteredDatabase[]): ChatMessage {
  const names = kept.map(({ name }) => name).join(', ')
  const isOne = kept.length === 1
  const [belong, its, it] = isOne ? ['belongs', 'its owner', 'it'] : ['belong', 'their owners', 'them']
  return bad(`${names} ${belong} to this channel, and only ${its} or an administrator can take ${it} away.`, {
    advice: `Choose ${it} together with yours, or ask one of those.`,
  })
}
