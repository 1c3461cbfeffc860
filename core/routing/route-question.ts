import { coverWords } from '../answerable/cover-words.ts'
import { holdings } from '../answerable/refuse.ts'
import type { SurveyedDatabase } from '../asked-database.ts'
import { listed } from '../format/listed.ts'
import { linkValues } from '../linking/link-values.ts'

/** The database that a question is for, or why none could be chosen. */
export type Route =
  | { kind: 'found'; id: string }
  | { kind: 'unclear'; message: string; suggestions: string[] }
  | { kind: 'none'; message: string; suggestions: string[] }

/** Share of known words by which the best database must lead for the question to go there unasked. */
const CLEAR_LEAD = 0.2
const LEAST_COVERAGE = 0.5

/** Sends a question to the one database of those in reach that knows its words; asks back where several do. */
export function routeQuestion(question: string, databases: SurveyedDatabase[]): Route {
  const ranked = databases
    .map((database) => ({ database, ...fitness(question, database) }))
    .sort((one, other) => other.score - one.score)
  const [best, second] = ranked
  if (!best) {
    return { kind: 'none', message: 'There is no database to ask. Add one first.', suggestions: [] }
  }
  const names = ranked.map(({ database }) => database.record.name)
  if (best.score < LEAST_COVERAGE) {
    const held = ranked.slice(0, 3).map(({ database }) => `${database.record.name}: ${holdings(database.schema)}`)
    return {
      kind: 'none',
      message: `I can’t answer that from these databases, because none of them seems to know what it is about. ${held.join(' ')}`,
      suggestions: names,
    }
  }
  if (second && best.score - second.score < CLEAR_LEAD) {
    const close = ranked.filter(({ score }) => best.score - score < CLEAR_LEAD)
    const [nearest, next] = [...close].sort((one, other) => one.distance - other.distance)
    // What one calls so itself, others only by another word.
    if (nearest && next && next.distance - nearest.distance >= CLEAR_LEAD)
      return { kind: 'found', id: nearest.database.record.id }
    const suggestions = close.map(({ database }) => database.record.name)
    const choices = listed(suggestions, 'or')
    return { kind: 'unclear', message: `Which database do you mean: ${choices}?`, suggestions }
  }
  return { kind: 'found', id: best.database.record.id }
}

function fitness(question: string, { record, schema, values }: SurveyedDatabase): { score: number; distance: number } {
  const found = linkValues(question, schema, values).map((value) => value.matched)
  const { known, unknown, distance } = coverWords({ question, schema, values: found, periods: [] })
  const named = question.toLowerCase().includes(record.name.toLowerCase()) ? 1 : 0
  return { score: named + known.length / Math.max(known.length + unknown.length, 1), distance }
}
