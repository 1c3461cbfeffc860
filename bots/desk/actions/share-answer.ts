import { answeredSql } from '#core/answered-sql.ts'
import { authorise, whyPrivately } from '../authorise.ts'
import type { Response } from '../desk.ts'
import type { FoundQuestion } from '../find-question.ts'
import { channelKey } from '../ids.ts'
import { postOrPlain } from '../post-or-plain.ts'
import { replyMessage } from '../reply-message.ts'
import { bad, good, neutral } from '../say.ts'
import { stampOf } from '../transmit.ts'
import { say, type Visit } from '../visit.ts'
import { writeAudit } from '../write-audit.ts'

/** Shows an answer that only its asker saw to everybody in the channel, where its database may be asked there. */
export async function shareAnswer(visit: Visit, { record, database, isOwn, job }: FoundQuestion): Promise<Response> {
  const { office, place, person } = visit
  if (!isOwn) return say(bad('Only who asked can share an answer.', { advice: 'Ask the question yourself.' }))
  if (place.direct)
    return say(bad('There is nobody else here to share it with.', { advice: 'Ask in a channel to share there.' }))
  if (!database || authorise(office, { database, place, person }) !== 'yes')
    return say(bad(`That must stay between us: ${whyPrivately(place)}`))
  const past = await office.conversation.history.get(record.id, { ...office.settings, id: record.askerId })
  const platform = office.platforms.get(place.platform)
  if (!past?.reply || !platform) return say(bad('There is no answer to share.', { advice: 'Ask the question again.' }))
  const to = { place, onlyFor: null, replyTo: job?.message ?? null, handle: null }
  const lead = [`${person.name} asked and shares this.`]
  const message = replyMessage(past.reply, { onlyMe: false, lead })
  const { jobs } = office.memory
  if (!jobs.get(record.id)?.onlyMe) return say(neutral('Everybody here can see this answer already.'))
  // Before it is posted: a second press meanwhile must not post it again.
  jobs.set(record.id, { onlyMe: false })
  const sent = await postOrPlain(platform, to, message, stampOf(`share:${record.id}:${channelKey(place)}`))
  const mayHaveArrived = !sent.ok && sent.failure.kind === 'unavailable'
  if (!sent.ok && !mayHaveArrived) {
    jobs.set(record.id, { onlyMe: true })
    const advice = sent.failure.kind === 'forbidden' ? sent.failure.fix : null
    return say(bad('I cannot post in this channel.', { advice }))
  }
  const sql = answeredSql(record.answer)
  writeAudit(visit, { action: 'shared', database: database.name, sql, rowCount: record.rowCount })
  if (!mayHaveArrived) return say(good('Shared.'))
  return say(
    bad('I do not know whether the answer arrived in the channel.', {
      advice: 'Look there; if it did not, ask the question again.',
    }),
  )
}
