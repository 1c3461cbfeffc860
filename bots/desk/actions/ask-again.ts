import { type Arrival, acceptArrival } from '../accept-question.ts'
import type { Response } from '../desk.ts'
import type { FoundQuestion } from '../find-question.ts'
import { neutral } from '../say.ts'
import { say, type Visit } from '../visit.ts'

type Asked = Pick<Arrival, 'text'> & Partial<Pick<Arrival, 'followsQuestion' | 'databases' | 'edit' | 'onlyMe'>>

/** Asks something in the name of the person who pressed or sent a form; the answer comes as a message of its own. */
export function askFor({ office, place, personId, key, handle, person }: Visit, asked: Asked): Response {
  const onlyMe = office.memory.chatPeople.settings(person.key).onlyMe && !place.direct
  const arrival = { followsQuestion: null, databases: null, edit: null, onlyMe, ...asked }
  const accepted = acceptArrival(office, { key, place, personId, handle, message: null, ...arrival })
  if (accepted.kind === 'refused') return say(accepted.message)
  return { kind: 'done' }
}

/** Asks a question anew, as it was asked; somebody else's with the person's own rights, and to be seen as they have set it. */
export function askAgain(visit: Visit, { record, job, isOwn }: FoundQuestion): Response {
  const edit = job?.edits && job.sql ? { questionId: job.edits, sql: job.sql } : null
  return askFor(visit, {
    text: record.text,
    followsQuestion: record.follows?.id ?? null,
    databases: job?.databases ?? (isOwn || record.databaseId === null ? null : [record.databaseId]),
    edit,
    ...(isOwn && { onlyMe: job?.onlyMe ?? true }),
  })
}

/** Asks one of the questions that were suggested. */
export async function askThis(visit: Visit, { record, job }: FoundQuestion, at: string): Promise<Response> {
  const asker = { ...visit.office.settings, id: record.askerId }
  const past = await visit.office.conversation.history.get(record.id, asker)
  const text = past?.reply?.kind === 'unanswered' ? past.reply.suggestions[Number(at)] : undefined
  if (text === undefined) return say(neutral('This suggestion is gone.'))
  return askFor(visit, { text, databases: job?.databases ?? null, onlyMe: job?.onlyMe ?? true })
}

/** Asks a question again in the database that was picked for it. */
export function askIn(visit: Visit, { record, job }: FoundQuestion, picked: string[]): Response {
  return askFor(visit, { text: record.text, databases: picked.slice(0, 1), onlyMe: job?.onlyMe ?? true })
}
