import type { PeriodHint } from '../linking/link-periods.ts'
import type { ValueHint } from '../linking/link-values.ts'

/** What is told to the model beside the question: periods as conditions, pieces of SQL that the wording calls for, values found in the database, the date. */
export type QuestionPart = { text: string; values: ValueHint[]; periods: PeriodHint[]; shape: string[]; today: string }

/** The question with what is known about it; the only part of the prompt that changes from question to question. */
export function renderQuestion({ text, values, periods, shape, today }: QuestionPart): string {
  const hints = [
    ...periods.map(({ period, conditions }) => `"${period.text}" means ${conditions.join(' or ')}`),
    ...shape,
    ...values.map(({ column, value }) => `${column} = '${value.replaceAll("'", "''")}'`),
    ...(periods.length === 0 && SPEAKS_OF_TIME.test(text) ? [`today is ${today}`] : []),
  ]
  return hints.length > 0 ? `${text}\nHints: ${hints.join('; ')}` : text
}

/** A date that nothing calls for tempts a small model to filter by it; periods come with their own dates. */
const SPEAKS_OF_TIME = /\b(?:today|now|ago|overdue|upcoming|expired?|currently|this far|until now)\b/i
