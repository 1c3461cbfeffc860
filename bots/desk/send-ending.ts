import { setTimeout as delay } from 'node:timers/promises'
import type { Job } from '#core/chat-memory.ts'
import type { ChatMessage } from './chat-message.ts'
import type { SendFailure } from './chat-platform.ts'
import type { Office } from './office.ts'
import type { Pauses } from './pauses.ts'
import { plainer } from './plainer.ts'
import { bad } from './say.ts'
import { sendCsv } from './send-csv.ts'
import { newStamp, placeOf, transmit } from './transmit.ts'
import { isOutage } from './troubles.ts'

/** What is to be sent at the end of a job, and what the job is then. */
export type Ending = { message: ChatMessage; next: 'done' | 'choosing' }

type Parts = { office: Office; pauses: Pauses; signal: AbortSignal }

const FIRST_BACKOFF_MS = 500
const LONGEST_BACKOFF_MS = 60_000
const LONGEST_PAUSE_MS = 10 * 60_000
const MOST_TURNS = 6
/** After so long nobody waits any more, and a platform that is still out of reach has lost the bot. */
export const GIVE_UP_MS = 24 * 60 * 60_000

/**
 * Sends what came of a job until it is seen, or nobody is left who could see it. Throws the signal's reason once it aborts: then the job
 * stays as it is, and is sent after the next start.
 */
export async function sendEnding(parts: Parts, questionId: string, ending: Ending): Promise<void> {
  const { office } = parts
  const { jobs, questions } = office.memory
  // A question may have waited long for its turn, or for somebody to choose: only what is there to be sent grows stale.
  const decidedAt = questions.get(questionId)?.finishedAt ?? office.now().toISOString()
  const giveUpAt = Date.parse(decidedAt) + GIVE_UP_MS
  const shown = await sendUntilSeen(parts, { questionId, first: ending.message, giveUpAt })
  if (!shown) office.log.error({ questionId }, 'an answer could not be sent at all')
  if (shown?.kind === 'reply' && shown.plain)
    await sendCsv(office, questionId).catch((err) => office.log.warn({ err, questionId }, 'no CSV could be sent'))
  const next = shown ? ending.next : 'done'
  // Who is asked to choose has done nothing wrong: the question begins anew then, and is not taken for one that was interrupted.
  jobs.set(questionId, { state: next, ending: null, ...(next === 'done' ? { handle: null } : { runs: 0 }) })
  if (next === 'choosing') goOnWhereChosen(office, questionId)
}

/** Somebody may have chosen while the choice was still being sent: that press has found nothing that waited for it. */
function goOnWhereChosen({ memory, wake }: Office, questionId: string): void {
  const channel = memory.jobs.get(questionId)?.channel ?? ''
  if (memory.access.bound(channel).length === 0) return
  memory.jobs.setWhere(questionId, 'choosing', { state: 'waiting' })
  wake()
}

type Sending = { questionId: string; first: ChatMessage; giveUpAt: number }

/** Gives the message that is seen in the end, which may be another one; null where none can be. */
async function sendUntilSeen(parts: Parts, { questionId, first, giveUpAt }: Sending): Promise<ChatMessage | null> {
  const { office, pauses, signal } = parts
  let message: ChatMessage | null = first
  let backoffMs = FIRST_BACKOFF_MS
  // Each turn tries another way; waiting for a platform that is down or busy is none.
  for (let turns = 0; message && turns < MOST_TURNS; ) {
    const job = office.memory.jobs.get(questionId)
    if (!job || office.now().getTime() > giveUpAt) return null
    await pauses.wait(job.channel, signal)
    const sent = await transmit(office, questionId, message)
    if (sent.ok) return message
    const { failure } = sent
    if (failure.kind === 'rate-limited') pauses.pause(job.channel, Math.min(failure.retryAfterMs, LONGEST_PAUSE_MS))
    else if (isOutage(failure)) {
      await delay(backoffMs, undefined, { signal })
      backoffMs = Math.min(backoffMs * 2, LONGEST_BACKOFF_MS)
    } else {
      turns++
      message = anotherWay(office, { job, message, failure })
    }
  }
  return null
}

/** For the log, where another program was faster. */
export const ELSEWHERE =
  'Another program with the same token answers as well, and was first. Stop one of them: each knows only what it was asked itself.'

type Failed = { job: Job; message: ChatMessage; failure: SendFailure }

/** Changes the job or the message so that the next try can succeed; null where none can. */
function anotherWay(office: Office, { job, message, failure }: Failed): ChatMessage | null {
  const { jobs } = office.memory
  const { questionId } = job
  if (failure.kind === 'elsewhere') {
    office.log.error({ questionId, failure }, ELSEWHERE)
    return null
  }
  office.log.warn({ questionId, failure }, 'an answer could not be sent as it is')
  const again = { posted: null, stamp: newStamp() }
  if (failure.kind === 'rich-refused') return plainer(message)
  if (failure.kind === 'gone' && failure.what === 'message') {
    jobs.set(questionId, again)
    return message
  }
  if (failure.kind === 'gone' && failure.what === 'handle' && job.handle !== null) {
    // What is posted in the channel stays; what only the person saw cannot be reached any more.
    jobs.set(questionId, { handle: null, ...(job.onlyMe && again) })
    return message
  }
  if (placeOf(job).direct || (job.onlyMe && job.handle === null)) return null
  jobs.set(questionId, { ...again, onlyMe: true, handle: null })
  if (failure.kind !== 'forbidden') return message
  office.log.error({ questionId, ...failure }, `a permission is missing: ${failure.missing}`)
  const why = `I am not allowed to answer in that channel: ${failure.missing} is missing.`
  return message.kind === 'reply'
    ? { ...message, lead: [...message.lead, `${why} ${failure.fix}`] }
    : bad(why, { advice: failure.fix })
}
