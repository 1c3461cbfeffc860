import type { ValueHint } from '../linking/link-values.ts'
import { movePeriods } from '../periods/move-periods.ts'
import type { Turn } from '../question.ts'
import type { Understood } from '../understand.ts'
import { words } from '../words/split-words.ts'
import { changeLimit } from './change-limit.ts'
import { narrowToValue } from './narrow-to-value.ts'

/**
 * The query of a follow-up that only moves the period ("and last month?"), only narrows by a value ("only in France") or only asks for more or
 * fewer rows ("top 10 instead"), made from the turn before by changing nothing else. Null where the follow-up asks for more than that: then
 * the model writes.
 */
export function editFollowUp(text: string, { question, sql }: Turn, understood: FollowedUp): string | null {
  const { named, kept, values, coverage, schema } = understood
  if (named.length + values.length === 0) return changeLimit(text, sql)
  const leading = leadingWords(text, understood)
  if (leading === null || coverage.unknown.some(isTelling)) return null
  const tables = leading.filter(isTelling)
  // "Only customers in France" narrows; "and customers in France?" behind a question about orders asks about customers.
  if (!leading.some((word) => NARROWING.has(word)) && !tables.every((word) => words(question).includes(word)))
    return null
  const [period, ...morePeriods] = named
  const [before, ...moreBefore] = kept
  if (period && before && morePeriods.length + moreBefore.length === 0 && !coverage.known.some(isTelling)) {
    return movePeriods(sql, [{ from: before, to: period }])
  }
  const [value, ...moreValues] = values
  const mayAdd = leading.length > 0 && !leading.includes('instead')
  return value && moreValues.length === 0 && named.length === 0 ? narrowToValue(sql, { value, schema, mayAdd }) : null
}

export type FollowedUp = Pick<Understood, 'named' | 'kept' | 'values' | 'coverage' | 'schema'>

/**
 * What is said beside the period or value ("and only in …") and the value's column next to it ("in the … category"); null where that asks for
 * something else, by words that are no table's name.
 */
function leadingWords(text: string, { named, values, schema }: FollowedUp): string[] | null {
  const parts = [...named.map((period) => period.text), ...values.flatMap(spoken)]
  const rest = words(parts.reduce((left, part) => left.replace(part, ' '), text))
  const tables = new Set(schema.tables.flatMap((table) => words(table.name)))
  const [first = 'and'] = rest
  return LEADING.has(first) && rest.every((word) => LEADING.has(word) || tables.has(word)) ? rest : null
}

/** How a value is spoken of, with its column's name beside it first. */
function spoken({ matched, column }: ValueHint): string[] {
  const name = words(column.slice(column.lastIndexOf('.') + 1)).join(' ')
  return [`${matched} ${name}`, `${name} ${matched}`, matched]
}

function isTelling(word: string): boolean {
  return !LEADING.has(word)
}

const NARROWING = new Set(['only', 'just'])

const LEADING = new Set(
  'and but now ok okay then only just in from for of with by what how about the this since during on those one to at please same instead'.split(
    ' ',
  ),
)
