import { allowedDatabases } from './authorise.ts'
import type { Choice } from './chat-message.ts'
import type { Suggested } from './desk.ts'
import { askerOf } from './person-at.ts'
import type { Visit } from './visit.ts'

const MOST = 25
const LONGEST_VALUE = 100

/** What can be meant by what was typed so far. */
export async function suggest(visit: Visit, wanted: Suggested, typed: string): Promise<Choice[]> {
  if (wanted === 'time-zone') return timeZones(typed)
  return wanted === 'database' ? databases(visit, typed) : questions(visit, typed)
}

function timeZones(typed: string): Choice[] {
  const wanted = typed.trim().toLowerCase().replace(/\s+/g, '_')
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.toLowerCase().includes(wanted))
  return zones.slice(0, MOST).map(toChoice)
}

function databases({ office, place, person }: Visit, typed: string): Choice[] {
  const part = typed.trim().toLowerCase()
  return allowedDatabases(office, place, person)
    .filter(({ name }) => name.toLowerCase().includes(part))
    .slice(0, MOST)
    .map(({ id, name, description }) => ({ label: name, value: id, description: description || null }))
}

async function questions({ office, person }: Visit, typed: string): Promise<Choice[]> {
  const asker = askerOf(office, person)
  const past = await office.conversation.history.list({ asker, limit: MOST * 2, search: typed.trim() })
  const texts = new Set(past.map(({ text }) => text).filter((text) => text.length <= LONGEST_VALUE))
  return [...texts].slice(0, MOST).map(toChoice)
}

function toChoice(text: string): Choice {
  return { label: text, value: text, description: null }
}
