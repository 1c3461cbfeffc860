import { allowedDatabases } from './authorise.ts'
import type { Choice } from './chat-message.ts'
import { askerOf } from './person-at.ts'
import type { Visit } from './visit.ts'

const MOST = 25
const LONGEST_VALUE = 100

/** Databases or past questions that hold what was typed so far. */
export async function suggest(visit: Visit, wanted: 'database' | 'question', typed: string): Promise<Choice[]> {
  return wanted === 'database' ? databases(visit, typed) : questions(visit, typed)
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
  return [...texts].slice(0, MOST).map((text) => ({ label: text, value: text, description: null }))
}
