import type { ValueHint } from '../linking/link-values.ts'
import { folded } from '../words/folded.ts'

/**
 * A value of the database that the question names beyond doubt, in quotes or as a name with a capital, and that the query says nothing of;
 * undefined where there is none. Values that share their words in the question stand for each other.
 */
export function ignoredValue(question: string, sql: string, values: ValueHint[]): ValueHint | undefined {
  const text = folded(sql)
  const isUsed = ({ value, matched }: ValueHint) => text.includes(folded(value)) || text.includes(folded(matched))
  const used = values.filter(isUsed)
  return values.find((hint) => isNamed(question, hint) && !isUsed(hint) && !used.some((other) => overlap(hint, other)))
}

function isNamed(question: string, { value, matched }: ValueHint): boolean {
  const at = question.indexOf(matched)
  if (at < 0 || folded(value) !== folded(matched) || !/\p{L}{2}/u.test(matched)) return false
  if (/["'“‘`]$/.test(question.slice(0, at))) return true
  // The first word of a question has its capital anyway.
  return at > 0 && /^\p{Lu}/u.test(matched)
}

function overlap(one: ValueHint, other: ValueHint): boolean {
  const [a, b] = [folded(one.matched), folded(other.matched)]
  return a.includes(b) || b.includes(a)
}
