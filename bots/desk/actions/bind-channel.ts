import { bindDatabases } from '../bind-databases.ts'
import { bindableDatabases } from '../choose-databases.ts'
import type { Response } from '../desk.ts'
import { channelKey } from '../ids.ts'
import { bad } from '../say.ts'
import { say, type Visit } from '../visit.ts'

/** Binds what was picked to the channel; the questions that waited for it go on. */
export function bindChannel(visit: Visit, picked: string[]): Response {
  const { office, place, person } = visit
  const databases = bindableDatabases(office, place, person).filter(({ id }) => picked.includes(id))
  if (databases.length === 0 || place.direct)
    return say(bad('You may not choose that for this channel.', { advice: 'The owner of the database can.' }))
  const said = bindDatabases(visit, databases)
  for (const job of office.memory.jobs.list('choosing'))
    if (job.channel === channelKey(place)) office.memory.jobs.setWhere(job.questionId, 'choosing', { state: 'waiting' })
  office.wake()
  return say(said)
}
