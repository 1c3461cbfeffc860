import { createHash } from 'node:crypto'
import type { Job } from '#core/chat-memory.ts'
import { acceptArrival } from './accept-question.ts'
import type { Desk } from './desk.ts'
import { channelKey } from './ids.ts'
import type { Office } from './office.ts'
import type { Queue } from './queue.ts'
import { tellAlone } from './tell-alone.ts'
import { placeOf, platformPerson } from './transmit.ts'

type Changed = Parameters<Desk['messageChanged']>[0]

/** What becomes of a question whose message was edited or deleted: one that waits is changed or dropped, one that was begun is asked anew. */
export function changeQuestion(office: Office, queue: Pick<Queue, 'stop'>, { place, message, text }: Changed): void {
  const { jobs, questions } = office.memory
  const job = jobs.findMessage(channelKey(place), message)
  if (!job) return
  if (!text?.trim()) queue.stop(job.questionId)
  else if (job.state === 'waiting' || job.state === 'choosing') questions.reword(job.questionId, text)
  else askEdited(office, queue, { job, message, text })
}

/** Asks what a message says since it was edited. Platforms also tell of links that were looked at: then it says nothing new. */
function askEdited(
  office: Office,
  queue: Pick<Queue, 'stop'>,
  { job, message, text }: { job: Job; message: string; text: string },
): void {
  const record = office.memory.questions.get(job.questionId)
  if (!record || record.text === text.trim()) return
  const place = placeOf(job)
  const words = createHash('sha256').update(text).digest('hex').slice(0, 16)
  const doing = { key: `edited:${message}:${words}`, place, personId: platformPerson(job), handle: null, message }
  const accepted = acceptArrival(office, {
    ...doing,
    text,
    followsQuestion: record.follows?.id ?? null,
    databases: job.databases,
    onlyMe: office.memory.chatPeople.settings(job.personId).onlyMe && !place.direct,
    edit: null,
  })
  if (accepted.kind === 'accepted') queue.stop(job.questionId)
  if (accepted.kind !== 'refused') return
  const { log, platforms } = office
  tellAlone({ platform: platforms.get(place.platform), log }, doing, accepted.message).catch((err) =>
    log.error({ err }),
  )
}
