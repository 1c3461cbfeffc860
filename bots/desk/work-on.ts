import type { Job } from '#core/chat-memory.ts'
import { advised } from '#core/rowbot-error.ts'
import { audited } from '../conversation/audited.ts'
import type { Update } from '../conversation/conversation.ts'
import type { Reply } from '../reply/reply.ts'
import { authorise, whyPrivately } from './authorise.ts'
import type { ChatMessage, PickerMessage } from './chat-message.ts'
import type { SendFailure, Sent } from './chat-platform.ts'
import { chooseDatabases } from './choose-databases.ts'
import { actionId, workspaceKey } from './ids.ts'
import type { Office } from './office.ts'
import { askerOf, personAt, unknownPerson, type Visitor } from './person-at.ts'
import { createProgressLine, workingMessage } from './progress-line.ts'
import { button, replyMessage } from './reply-message.ts'
import { bad, neutral, problem } from './say.ts'
import { type Ending, GIVE_UP_MS } from './send-ending.ts'
import type { Progress } from './show-progress.ts'
import { newStamp, placeOf, platformPerson, transmit } from './transmit.ts'
import { isOutage } from './troubles.ts'

type Parts = { office: Office; progress: Pick<Progress, 'show' | 'settle'>; signal: AbortSignal }

/** A question that was begun so often and never ended takes the program down: it is not begun again. */
const MOST_RUNS = 3

/** Work that cannot begin before the platform can be reached. */
export type Postponed = { next: 'later'; afterMs: number }

const LOOK_AGAIN_MS = 2_000

/** Works on a question from a chat to its end: who asks, what they may ask, the answer. What breaks is an end too. */
export async function workOn(parts: Parts, questionId: string): Promise<Ending | Postponed> {
  const { office } = parts
  const job = office.memory.jobs.get(questionId)
  const record = office.memory.questions.get(questionId)
  if (!job || !record) return done(neutral('This question was deleted.'))
  try {
    if (record.status === 'failed' && record.failure) return done(bad(record.failure.message, record.failure))
    if (record.status === 'answered' || record.status === 'unanswered') return done(await keptReply(office, job))
    if (job.runs > MOST_RUNS) return interrupted(office, questionId)
    return await answerJob(parts, job)
  } catch (error) {
    if (parts.signal.aborted) throw error
    const said = advised(error)
    if (said.code === 'unexpected') office.log.error({ err: error, questionId }, 'a question failed')
    office.memory.questions.fail(questionId, said)
    return done({ ...problem(error), buttons: [button('ask-again', questionId)] })
  }
}

/** The end of a question that cannot be taken up again. */
export function interrupted({ memory }: Office, questionId: string): Ending {
  const message = 'I was interrupted while I worked on this question.'
  memory.questions.fail(questionId, { code: 'interrupted', message, advice: 'Ask it again.' })
  return done(bad(message, { buttons: [button('ask-again', questionId, { style: 'primary' })] }))
}

const done = (message: ChatMessage): Ending => ({ message, next: 'done' })

async function answerJob({ office, progress, signal }: Parts, job: Job): Promise<Ending | Postponed> {
  const { questionId } = job
  const place = placeOf(job)
  const line = createProgressLine()
  progress.show(workingMessage(questionId, line.text()))
  const found = await personAt(office, place, platformPerson(job))
  // Nobody waits any more for what was stopped meanwhile.
  signal.throwIfAborted()
  if (!found.ok) return withoutPerson(office, job, found.failure)
  const person = found.value
  const chosen = chooseDatabases(office, { job, place, person, followed: followedDatabase(office, job) })
  if (chosen.kind === 'pick') return { message: chosen.message, next: 'choosing' }
  if (chosen.kind === 'refused') return refuse(office, questionId, chosen.message)
  const isForced = chosen.privately && !job.onlyMe
  const lead = isForced ? [`Only you see this answer: ${whyPrivately(place)}`] : []
  if (isForced) {
    await progress.settle()
    const told = await tellPrivate(office, questionId)
    signal.throwIfAborted()
    const later = told.ok ? null : waitingFor(office, job, told.failure)
    if (later) return later
    office.memory.jobs.set(questionId, { onlyMe: true, posted: null, stamp: newStamp() })
  }

  const asked = { ...job, onlyMe: job.onlyMe || isForced }
  const updates = ask(office, { job: asked, person, databases: chosen.ids, signal })
  for await (const update of updates) {
    if (update.type !== 'reply') progress.show(workingMessage(questionId, line.after(update)))
    else return conclude(office, { questionId, reply: update.reply, person, lead })
  }
  throw new Error('a conversation without a reply')
}

/** A platform that is away or busy is waited for, but not for ever; null where waiting helps nothing. */
function waitingFor(office: Office, { acceptedAt }: Job, failure: SendFailure): Postponed | null {
  if (office.now().getTime() - Date.parse(acceptedAt) >= GIVE_UP_MS) return null
  if (failure.kind === 'rate-limited') return { next: 'later', afterMs: failure.retryAfterMs }
  return isOutage(failure) ? { next: 'later', afterMs: LOOK_AGAIN_MS } : null
}

/** Nothing is answered to somebody unknown. */
function withoutPerson(office: Office, job: Job, failure: SendFailure): Ending | Postponed {
  const later = waitingFor(office, job, failure)
  if (later) return later
  const { questionId } = job
  office.log.error({ questionId, failure }, 'a question could not be answered: who asked is not known')
  return refuse(office, questionId, unknownPerson(failure))
}

type Asking = { job: Job; person: Visitor; databases: string[]; signal: AbortSignal }

function ask(office: Office, { job, person, databases, signal }: Asking): AsyncIterable<Update> {
  const { memory } = office
  const record = memory.questions.get(job.questionId)
  const asker = askerOf(office, person)
  const from = { workspaceId: workspaceKey(placeOf(job)), channel: job.channel }
  const detail = job.onlyMe ? 'seen by the asker only' : ''
  const conversation = audited(office.conversation, memory.audit, { ...from, detail })
  const shared = { id: job.questionId, asker, queued: true }
  if (job.edits !== null && job.sql !== null) {
    const editsOf = memory.questions.get(job.edits)?.askerId
    return conversation.runEdited({ ...shared, sql: job.sql, edits: job.edits, editsOf }, { signal })
  }
  const follows = record?.follows?.id
  return conversation.ask({ ...shared, text: record?.text ?? '', databases, ...(follows && { follows }) }, { signal })
}

/** Which database the answer came from that is followed up or edited. */
function followedDatabase({ memory }: Office, { questionId, edits }: Job): string | null {
  const earlier = edits ?? memory.questions.get(questionId)?.follows?.id
  return earlier ? (memory.questions.get(earlier)?.databaseId ?? null) : null
}

function conclude(
  office: Office,
  { questionId, reply, person, lead }: { questionId: string; reply: Reply; person: Visitor; lead: string[] },
): Ending {
  const job = office.memory.jobs.get(questionId)
  if (reply.kind === 'unanswered' && reply.reason === 'which-database' && job) {
    const options = pickable(office, { suggestions: reply.suggestions, job, person })
    if (options.length > 0) return done(whichDatabase(questionId, reply.headline, options))
  }
  return done(replyMessage(reply, { onlyMe: job?.onlyMe ?? true, lead }))
}

type Pickable = { suggestions: string[]; job: Job; person: Visitor }

function pickable(office: Office, { suggestions, job, person }: Pickable): PickerMessage['options'] {
  const place = placeOf(job)
  return office.databases
    .list()
    .filter((database) => suggestions.includes(database.name))
    .filter((database) => authorise(office, { database, place, person }) !== 'no')
    .map(({ id, name, description }) => ({ label: name, value: id, description: description || null }))
}

function whichDatabase(questionId: string, text: string, options: PickerMessage['options']): PickerMessage {
  return { kind: 'picker', text, id: actionId('ask-in', questionId), options, several: false, buttons: [] }
}

/** The answer as it was kept: the program ended between answering and telling. */
async function keptReply(office: Office, job: Job): Promise<ChatMessage> {
  const asker = { ...office.settings, id: job.personId }
  const past = await office.conversation.history.get(job.questionId, asker)
  if (past?.reply) return replyMessage(past.reply, { onlyMe: job.onlyMe })
  return bad('The answer to this question was lost.', { buttons: [button('ask-again', job.questionId)] })
}

function refuse(office: Office, questionId: string, message: ChatMessage): Ending {
  const said = message.kind === 'notice' ? message : { text: 'Refused.', advice: null }
  office.memory.questions.fail(questionId, { code: 'refused', message: said.text, advice: said.advice ?? '' })
  return done(message)
}

/** The answer goes to the person alone: what stands in the channel, or may have got there before a crash, says so. */
async function tellPrivate(office: Office, questionId: string): Promise<Sent<unknown>> {
  const job = office.memory.jobs.get(questionId)
  if (!job?.posted && !job?.stamp) return { ok: true, value: null }
  const told = await transmit(office, questionId, neutral('Only the person who asked may see this answer here.'))
  if (!told.ok) office.log.warn({ questionId, failure: told.failure }, 'a placeholder could not be replaced')
  return told
}
