import type { Asker } from '#core/question.ts'
import type { Destination, Sent } from './chat-platform.ts'
import type { Office } from './office.ts'
import { destinationOf, placeOf } from './transmit.ts'

/** The mark at the start makes spreadsheets read UTF-8 as UTF-8. */
const BYTE_ORDER_MARK = '\ufeff'

/** Sends all rows of an answer as a file to where the answer is, or to `to`. */
export async function sendCsv(office: Office, questionId: string, to?: Destination): Promise<Sent<null>> {
  const record = office.memory.questions.get(questionId)
  const job = office.memory.jobs.get(questionId)
  const platform = job && office.platforms.get(placeOf(job).platform)
  if (!record || !job || !platform) return { ok: false, failure: { kind: 'unavailable', detail: 'not connected' } }
  const where = to ? { ok: true as const, value: to } : await destinationOf(job, platform)
  if (!where.ok) return where
  const owner: Asker = { id: record.askerId, ...office.settings }
  const { fileName, text } = await office.conversation.csv(questionId, owner)
  const file = {
    name: fileName,
    mimeType: 'text/csv',
    content: BYTE_ORDER_MARK + text,
    alt: `All rows of the answer to “${record.text}”`,
  }
  return platform.upload(where.value, file)
}
