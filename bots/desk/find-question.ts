import type { ChatMemory, Job, RegisteredDatabase } from '#core/chat-memory.ts'
import { authorise, whomToAsk } from './authorise.ts'
import type { NoticeMessage } from './chat-message.ts'
import { channelKey, workspaceKey } from './ids.ts'
import { bad } from './say.ts'
import type { Visit } from './visit.ts'

/** A question that somebody may see here, looked up anew: what a button or form said about it counts for nothing. */
export type FoundQuestion = {
  record: NonNullable<ReturnType<ChatMemory['questions']['get']>>
  job: Job | undefined
  database: RegisteredDatabase | undefined
  isOwn: boolean
}

/**
 * Finds a question, or says why not. Others' questions are found only where they were asked, and only by who may ask their database there;
 * with `orSaved` anywhere by who has saved them.
 */
export function findQuestion(
  visit: Visit,
  questionId: string,
  { orSaved }: { orSaved: boolean } = { orSaved: false },
): { ok: true; found: FoundQuestion } | { ok: false; refusal: NoticeMessage } {
  const { office, place, person } = visit
  const record = office.memory.questions.get(questionId)
  const job = office.memory.jobs.get(questionId)
  const isOwn = record?.askerId === person.key
  const isHere = record?.workspaceId === workspaceKey(place) && job?.channel === channelKey(place)
  const isSaved = orSaved && office.memory.saved.has(person.key, questionId)
  if (!record || (!isOwn && !isSaved && (!isHere || job?.onlyMe))) return { ok: false, refusal: notKnown() }
  const database = office.databases.list().find(({ id }) => id === record.databaseId)
  if (database && authorise(office, { database, place, person }) === 'no') {
    const advice = whomToAsk(office, person, database)
    return { ok: false, refusal: bad('You may not ask the database of this question here (any more).', { advice }) }
  }
  return { ok: true, found: { record, job, database, isOwn } }
}

function notKnown(): NoticeMessage {
  return bad('This question is not known here (any more).', { advice: 'Ask it again.' })
}
