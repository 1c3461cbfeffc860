import { HOW_TITLE } from '../../reply/how-title.ts'
import type { AnsweredReply } from '../../reply/reply.ts'
import type { PageSection } from '../chat-message.ts'
import type { Response } from '../desk.ts'
import type { FoundQuestion } from '../find-question.ts'
import { button } from '../reply-message.ts'
import { bad, page } from '../say.ts'
import { say, type Visit } from '../visit.ts'

/** How an answer was computed: in words, as SQL, with everything that was tried. */
export async function explainAnswer({ office }: Visit, { record }: FoundQuestion): Promise<Response> {
  const past = await office.conversation.history.get(record.id, { ...office.settings, id: record.askerId })
  const reply = past?.reply
  if (!reply) return say(bad('There is no answer to explain.', { advice: 'Ask the question again.' }))
  const tried = reply.attempts.map(({ label, outcome, sql, notes }) => ({
    heading: `${label}: ${outcome}`,
    lines: notes,
    code: sql,
  }))
  const how = reply.kind === 'answered' ? [howComputed(reply)] : []
  return say(page(reply.question, [...how, ...tried], [button('add-term', record.id)]))
}

function howComputed({ explanation, database, dataAge, notes, model, sql }: AnsweredReply): Partial<PageSection> {
  const { summary, filters, periods, tables } = explanation
  return {
    heading: HOW_TITLE,
    lines: [
      summary,
      ...filters,
      ...periods,
      `Tables of ${database.name}: ${tables.join(', ')}. ${dataAge}.`,
      ...notes,
      `Model: ${model}`,
    ],
    code: sql,
  }
}
