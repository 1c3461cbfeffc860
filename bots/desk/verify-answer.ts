import { z } from 'zod'
import { normalQuestion } from '#core/knowledge/normal-question.ts'
import { findPeriods } from '#core/periods/find-periods.ts'
import { isTimeZone } from '#core/setting-values.ts'
import type { Office } from './office.ts'

const keptAnswer = z.looseObject({
  sql: z.string(),
  explanation: z.looseObject({
    periods: z.array(z.looseObject({ text: z.string(), start: z.string(), end: z.string() })),
  }),
})

/**
 * Makes the answer to a question a verified one, so that the same question is answered from it. False for a follow-up, which means nothing
 * without what came before, and where there is no answer.
 */
export function verifyAnswer({ memory, settings }: Office, questionId: string, personId: string): boolean {
  const record = memory.questions.get(questionId)
  const answer = keptAnswer.safeParse(record?.answer)
  const isEdited = (memory.jobs.get(questionId)?.edits ?? null) !== null
  if (!record || !answer.success || record.databaseId === null || (record.follows && !isEdited)) return false
  const set = memory.chatPeople.settings(record.askerId)
  const timeZone = set.timeZone && isTimeZone(set.timeZone) ? set.timeZone : settings.timeZone
  const { weekStart, locale } = settings
  const named = findPeriods(record.text, { now: new Date(record.acceptedAt), timeZone, weekStart, locale })
  const used = answer.data.explanation.periods
  const periods = named.map((period) => used.find(({ text }) => text === period.text) ?? period)
  memory.verified.put({
    databaseId: record.databaseId,
    normal: normalQuestion(record.text),
    question: record.text,
    sql: answer.data.sql,
    periods: periods.map(({ text, start, end }) => ({ text, start, end })),
    questionId,
    askedBy: record.askerId,
    verifiedBy: personId,
  })
  return true
}
