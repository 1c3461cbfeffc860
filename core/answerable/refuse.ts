import type { Schema } from '#databases/schema/schema.ts'
import type { Unanswered } from '../answer.ts'
import { humanName } from '../format/human-name.ts'
import { listed } from '../format/listed.ts'
import type { Turn } from '../question.ts'
import { asTyped } from '../words/as-typed.ts'
import { words } from '../words/split-words.ts'
import type { Coverage } from './cover-words.ts'
import { exampleQuestions } from './example-questions.ts'
import { spokenBefore } from './spoken-before.ts'
import { standsAlone } from './stands-alone.ts'

/** An answer that is none, without its trace. */
export type Refusal = Pick<Unanswered, 'reason' | 'message' | 'suggestions'>

/**
 * Above this share of unknown words a question is not about the database: none of the 855 questions on the held-back databases is so, and
 * 73 % of 1,082 of Spider's train questions where they are asked of another database. What is let through is judged again by its query.
 */
const TOO_MUCH = 0.6

/** Why a question cannot be answered from what a database holds; null where it may be possible. */
export function refuseUnknown({ coverage, schema, text, follows }: RefusalParts): Refusal | null {
  // What the turn before spoke of need not be in the schema by that name.
  const spoken = spokenBefore(follows)
  const unknown = coverage.unknown.filter((word) => !spoken.has(word))
  const all = coverage.known.length + coverage.unknown.length
  if (schema.tables.length === 0) {
    return { reason: 'not-in-database', message: `${CANNOT} it holds no tables.`, suggestions: [] }
  }
  if (follows && (all === 0 || !standsAlone(text))) return null
  if (all === 0) return isClear(schema, text, coverage) ? null : askBack(schema)
  const weightOf = (words: string[]) => words.reduce((sum, word) => sum + (coverage.weights.get(word) ?? 0), 0)
  const share = weightOf(unknown) / (coverage.nearness + weightOf(coverage.unknown))
  if (unknown.length === 0 || share <= TOO_MUCH) return null
  return notInDatabase(asTyped(unknown, text), schema)
}

export type RefusalParts = { coverage: Coverage; schema: Schema; text: string; follows?: Turn }

/** Names what is missing and what there is instead. */
export function notInDatabase(unknown: string[], schema: Schema): Refusal {
  const missing = listed(
    unknown.slice(0, 3).map((word) => `“${word}”`),
    'or',
  )
  const because =
    unknown.length > 0 ? `I find nothing in it about ${missing}` : 'it does not hold what the question asks for'
  return {
    reason: 'not-in-database',
    message: `${CANNOT} ${because}. ${holdings(schema)}`,
    suggestions: suggestions(schema),
  }
}

/** What a database holds, in one sentence. */
export function holdings(schema: Schema): string {
  const names = schema.tables.map((table) => humanName(table.name))
  const shown = names.slice(0, MOST_NAMED)
  const more = names.length - shown.length
  return `It holds ${listed(more > 0 ? [...shown, `${more} more tables`] : shown, 'and')}.`
}

/** Questions that this database can surely answer, in place of one that it cannot. */
export function suggestions(schema: Schema): string[] {
  return exampleQuestions(schema).slice(0, MOST_SUGGESTED)
}

/** "List everyone over 60" says enough where there is but one table, or one of people; a name, and what takes much, say what is meant. */
function isClear({ tables }: Schema, text: string, { names }: Coverage): boolean {
  if (names.length > 0 || /\bhow much\b/i.test(text)) return true
  const ofPeople = tables.filter(({ name }) => words(name).some((word) => PEOPLE.has(word)))
  return tables.length === 1 || (ofPeople.length === 1 && ASKS_FOR_PEOPLE.test(text))
}

const ASKS_FOR_PEOPLE = /\b(?:who|whose|everyone|everybody|anyone|anybody|nobody|people|persons?|members?)\b/i
const PEOPLE = new Set(
  `athlete attendee author borrower client coach contact customer doctor donor driver emp employee guest instructor member owner participant
  passenger patient people person personnel player politician reader resident singer staff student subscriber teacher tenant user visitor voter
  volunteer worker`.split(/\s+/),
)

function askBack(schema: Schema): Refusal {
  const names = schema.tables.slice(0, 4).map((table) => humanName(table.name))
  return { reason: 'ambiguous', message: `About what: ${listed(names, 'or')}?`, suggestions: suggestions(schema) }
}

const CANNOT = 'I can’t answer that from this database, because'
const MOST_NAMED = 8
const MOST_SUGGESTED = 3
