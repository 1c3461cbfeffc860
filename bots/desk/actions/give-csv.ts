import { answeredSql } from '#core/answered-sql.ts'
import type { SendFailure } from '../chat-platform.ts'
import type { Response } from '../desk.ts'
import type { FoundQuestion } from '../find-question.ts'
import { bad, good } from '../say.ts'
import { sendCsv } from '../send-csv.ts'
import { privately, say, type Visit } from '../visit.ts'
import { writeAudit } from '../write-audit.ts'

/** Sends all rows of an answer to the person who wants them, and to nobody else. */
export async function giveCsv(visit: Visit, { record, database }: FoundQuestion): Promise<Response> {
  const { office, place } = visit
  const to = await privately(visit)
  if (!to) return say(bad('I cannot send you direct messages.', { advice: 'Allow them, then try again.' }))
  const sent = await sendCsv(office, record.id, to)
  if (!sent.ok) {
    office.log.warn({ failure: sent.failure }, 'a CSV could not be sent')
    return say(notSent(sent.failure))
  }
  const sql = answeredSql(record.answer)
  writeAudit(visit, { action: 'took CSV', database: database?.name ?? '', sql, rowCount: record.rowCount })
  return to.handle === null && !place.direct ? say(good('I sent you the file.')) : { kind: 'done' }
}

function notSent(failure: SendFailure) {
  return bad('The file could not be sent.', { advice: whatHelps(failure) })
}

function whatHelps(failure: SendFailure): string {
  if (failure.kind === 'forbidden') return failure.fix
  if (failure.kind === 'rich-refused')
    return 'It is larger than files may be here: ask for fewer rows, or take it in the console.'
  return 'Try again in a moment.'
}
