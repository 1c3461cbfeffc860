import { quoteText } from '#databases/schema/quote-name.ts'
import type { PeriodHint } from '../linking/link-periods.ts'
import type { ValueHint } from '../linking/link-values.ts'
import type { GlossaryEntry } from '../question.ts'
import { oneLine } from './one-line.ts'

/**
 * What is told to the model beside the question: periods as conditions, what its wording means in SQL or in the schema, values found in the
 * database, what its people mean by a word, the date.
 */
export type QuestionPart = {
  text: string
  values: ValueHint[]
  periods: PeriodHint[]
  meanings: string[]
  glossary?: GlossaryEntry[]
  today: string
}

/** The question with what is known about it; the only part of the prompt that changes from question to question. */
export function renderQuestion({ text, values, periods, meanings, glossary = [], today }: QuestionPart): string {
  const hints = [
    ...periods.map(({ period, conditions }) => `"${period.text}" means ${conditions.join(' or ')}`),
    ...meanings,
    ...glossary.map(({ term, meaning }) => `"${oneLine(term)}" means ${oneLine(meaning)}`),
    ...values.map(({ column, value }) => `${column} = ${quoteText(value)}`),
    ...(periods.length === 0 && SPEAKS_OF_TIME.test(text) ? [`today is ${today}`] : []),
  ]
  return hints.length > 0 ? `${text}\nHints: ${hints.join('; ')}` : text
}

/** A date that nothing calls for tempts a small model to filter by it; periods come with their own dates. */
const SPEAKS_OF_TIME = /\b(?:today|now|ago|overdue|upcoming|expired?|currently|this far|until now)\b/i
