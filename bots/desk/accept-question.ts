import { randomUUID } from 'node:crypto'
import { answeredSql } from '#core/answered-sql.ts'
import type { Quota } from '#core/chat-memory.ts'
import type { Turn } from '#core/question.ts'
import type { NoticeMessage } from './chat-message.ts'
import type { Accepted, IncomingQuestion } from './desk.ts'
import { channelKey, personKey, threadKey, workspaceKey } from './ids.ts'
import type { Office } from './office.ts'
import { quotasFor } from './quotas.ts'
import { bad, neutral } from './say.ts'

/** A question as the desk takes it: from a chat, or from its own buttons and forms. */
export type Arrival = Omit<IncomingQuestion, 'follows' | 'database' | 'visibility'> & {
  /** Id of the question that it follows up. */
  followsQuestion: string | null
  /** Ids of databases that were chosen for it; null: those that belong to the place. */
  databases: string[] | null
  onlyMe: boolean
  edit: { questionId: string; sql: string } | null
}

/** Takes what an adapter hands in. */
export function acceptIncoming(office: Office, incoming: IncomingQuestion): Accepted {
  const { visibility, follows, database, ...doing } = incoming
  const key = personKey(incoming.place.platform, incoming.personId)
  const onlyMe = visibility === null ? office.memory.chatPeople.settings(key).onlyMe : visibility === 'only-me'
  return acceptArrival(office, {
    ...doing,
    onlyMe: onlyMe && !incoming.place.direct,
    followsQuestion: followedUp(office, incoming),
    databases: database === null ? null : [database],
    edit: null,
  })
}

/** Saves a question with its job in one step, unless it came before, is none, or is one too many. */
export function acceptArrival(office: Office, arrival: Arrival): Accepted {
  const { memory, settings } = office
  const { place, text } = arrival
  const refusal = text.trim() === '' ? nothingAsked() : (overQuota(office, arrival) ?? queueFull(office))
  const key = `${place.platform}:${arrival.key}`
  const known = memory.jobs.findKey(key)
  if (known) return { kind: 'known', questionId: known.questionId }
  if (refusal) return { kind: 'refused', message: refusal }
  const person = personKey(place.platform, arrival.personId)
  const question = {
    id: randomUUID(),
    workspaceId: workspaceKey(place),
    askerId: person,
    databaseId: null,
    text: text.trim(),
    ...(arrival.followsQuestion && { follows: turnOf(office, arrival.followsQuestion, person) }),
  }
  const { isNew, questionId } = memory.jobs.accept(question, {
    key,
    personId: person,
    channel: channelKey(place),
    thread: threadKey(place),
    origin: JSON.stringify(place),
    handle: arrival.handle,
    message: arrival.message,
    onlyMe: arrival.onlyMe,
    databases: arrival.databases,
    edits: arrival.edit?.questionId ?? null,
    sql: arrival.edit?.sql ?? null,
  })
  if (isNew) office.wake()
  office.log.debug({ questionId, queueLimit: settings.queueLimit, isNew }, 'a question from a chat')
  return { kind: isNew ? 'accepted' : 'known', questionId }
}

/** A message of ours, or the last answer that the person can see of the thread that it was asked in. */
function followedUp({ memory }: Office, { place, personId: platformId, follows }: IncomingQuestion): string | null {
  const personId = personKey(place.platform, platformId)
  const exact = follows === null ? undefined : memory.jobs.findPosted(follows)
  if (place.thread === null) return exact?.questionId ?? null
  const thread = { channel: channelKey(place), thread: threadKey(place), message: place.thread, personId }
  const latest = memory.jobs.lastAnswered(thread)
  if (exact && latest) return exact.place > latest.place ? exact.questionId : latest.questionId
  return (latest ?? exact)?.questionId ?? null
}

/** What is followed up. What somebody else alone has seen is nothing to go on from: its words and its SQL would go into this question. */
function turnOf({ memory }: Office, questionId: string, person: string): Turn | undefined {
  const record = memory.questions.get(questionId)
  const isShown = record?.askerId === person || memory.jobs.get(questionId)?.onlyMe === false
  if (!isShown) return undefined
  const sql = answeredSql(record?.answer)
  return record && sql !== null ? { id: questionId, question: record.text, sql } : undefined
}

function overQuota(office: Office, { place, personId }: Arrival): NoticeMessage | null {
  const quotas = quotasFor(office, place, personKey(place.platform, personId))
  const spent = quotas.find(({ used, perDay }) => used >= perDay)
  return spent ? neutral(spent.message || quotaText(spent), { advice: null }) : null
}

function quotaText({ scope, perDay }: Quota): string {
  const whose = scope === 'person' ? 'You have asked' : 'This channel has asked'
  return `${whose} ${perDay === 1 ? '1 question' : `${perDay} questions`} today, which is the limit. It starts anew at midnight.`
}

function queueFull({ memory, settings }: Office): NoticeMessage | null {
  const waiting = memory.jobs.count('waiting')
  if (waiting < settings.queueLimit) return null
  return bad(`${waiting} questions are waiting already, so I cannot take yours now.`, {
    advice: 'Ask again in a few minutes.',
  })
}

function nothingAsked(): NoticeMessage {
  return neutral('What would you like to know?', { advice: 'Ask in plain words: “how many orders last week”.' })
}
