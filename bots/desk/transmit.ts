import { createHash, randomBytes } from 'node:crypto'
import type { Job } from '#core/chat-memory.ts'
import type { ChatMessage } from './chat-message.ts'
import type { ChatPlatform, Destination, MessageRef, Place, Sent } from './chat-platform.ts'
import type { Office } from './office.ts'

/** The place in which a job's question was asked. */
export function placeOf({ origin }: Pick<Job, 'origin'>): Place {
  return JSON.parse(origin)
}

/** The platform's own id of the person who asked. */
export function platformPerson({ personId, origin }: Pick<Job, 'personId' | 'origin'>): string {
  return personId.slice(placeOf({ origin }).platform.length + 1)
}

/**
 * Makes a job's one message say this: posts it where it is not there yet, else replaces it. What is about to be posted is noted first, so
 * that after a crash in between the message is found by its stamp and not posted twice.
 */
export async function transmit(office: Office, questionId: string, message: ChatMessage): Promise<Sent<MessageRef>> {
  const { jobs } = office.memory
  const job = jobs.get(questionId)
  if (!job) return { ok: false, failure: { kind: 'gone', what: 'message', detail: 'the question was forgotten' } }
  const platform = office.platforms.get(placeOf(job).platform)
  if (!platform) return { ok: false, failure: { kind: 'unavailable', detail: 'not connected' } }
  const to = await destinationOf(job, platform)
  if (!to.ok) return to
  const posted = job.posted ?? (await findAgain(platform, job, to.value))
  if (typeof posted === 'object' && posted !== null) return posted
  if (posted === null) return postNew(office, job, { platform, to: to.value, message })
  const result = await platform.update(posted, message, to.value)
  if (result.ok && result.value !== job.posted) note(office, job, { posted: result.value })
  return result
}

/** Notes what was sent, unless the job's message is another one by now: one for all must never become the one for a single person. */
function note({ memory }: Office, { questionId, onlyMe, stamp }: Job, changes: Partial<Pick<Job, 'posted' | 'stamp'>>) {
  const now = memory.jobs.get(questionId)
  if (now?.onlyMe === onlyMe && now.stamp === stamp) memory.jobs.set(questionId, changes)
}

/** Where a job's answer goes. What only one person may see, and cannot be shown to them alone in the channel, goes to their direct messages. */
export async function destinationOf(
  job: Pick<Job, 'origin' | 'personId' | 'onlyMe' | 'handle' | 'message'>,
  platform: ChatPlatform,
): Promise<Sent<Destination>> {
  const place = placeOf(job)
  const personId = platformPerson(job)
  const { handle, message: replyTo } = job
  if (!job.onlyMe || place.direct) return { ok: true, value: { place, onlyFor: null, replyTo, handle } }
  if (handle !== null) return { ok: true, value: { place, onlyFor: personId, replyTo, handle } }
  const direct = await platform.openDirect(place.workspace, personId)
  return direct.ok ? { ok: true, value: { place: direct.value, onlyFor: null, replyTo: null, handle: null } } : direct
}

/** A message that was perhaps sent before a crash. An object where the platform could not be asked. */
async function findAgain(
  platform: ChatPlatform,
  { stamp }: Job,
  to: Destination,
): Promise<MessageRef | null | Sent<MessageRef>> {
  if (stamp === null) return null
  const found = await platform.find(to, stamp)
  return found.ok ? found.value : found
}

async function postNew(
  office: Office,
  job: Job,
  { platform, to, message }: { platform: ChatPlatform; to: Destination; message: ChatMessage },
): Promise<Sent<MessageRef>> {
  const stamp = job.stamp ?? stampOf(job.key)
  office.memory.jobs.set(job.questionId, { stamp })
  const sent = await platform.post(to, message, stamp)
  if (sent.ok) note(office, { ...job, stamp }, { posted: sent.value })
  // Only where nobody knows whether it arrived it has to be looked for.
  else if (sent.failure.kind !== 'unavailable') note(office, { ...job, stamp }, { stamp: null })
  return sent
}

/** What answers something has the same stamp whoever sends it first: two programs with one token send one message where platforms compare. */
export function stampOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 20)
}

/** A stamp for a further message, within what every platform takes. */
export const newStamp = () => randomBytes(15).toString('base64url')
