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

type Parts = Pick<Office, 'memory'> & { settings: Pick<Office['settings'], 'timeZone' | 'weekStart' | 'locale'> }

/** What a thumb of somebody who is trusted does: up verifies the answer; down, or taken back, makes it none any more. Null: nothing changed. */
export function verifyByThumb(
  parts: Parts,
  { questionId, thumb, personId }: { questionId: string; thumb: 'up' | 'down' | null; personId: string },
): 'verified' | 'taken-back' | null {
  if (thumb === 'up') return verifyAnswer(parts, questionId, personId) ? 'verified' : null
  return parts.memory.verified.remove(questionId) ? 'taken-back' : null
}

/**
 * Makes the answer to a question a verified one, so that the same question is answered from it. False for a follow-up, which means nothing
 * without what came before, and where there is no answer.
 */
function verifyAnswer({ memory, settings }: Parts, questionId: string, personId: string): boolean {
  const record = memory.questions.get(questionId)
  const answer = keptAnswer.safeParse(record?.answer)
  if (!record || !answer.success || record.databaseId === null || !standsAlone(memory, record)) return false
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

type Asked = NonNullable<ReturnType<Office['memory']['questions']['get']>>

/** A follow-up means nothing by itself; edited SQL is an answer to the question whose words it keeps, where that stands alone. */
function standsAlone(memory: Office['memory'], { id, text, follows }: Asked): boolean {
  const edited = memory.jobs.get(id)?.edits ?? (follows?.question === text ? follows.id : undefined)
  if (edited === undefined) return !follows
  const earlier = memory.questions.get(edited)
  return earlier !== undefined && standsAlone(memory, earlier)
}
