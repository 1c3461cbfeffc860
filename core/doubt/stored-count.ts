import { holdsNumbers } from '../sql/holds-numbers.ts'
import { readScopes } from '../sql/read-scopes.ts'
import { referredColumn } from '../sql/referred-column.ts'
import type { SchemaNames } from '../sql/schema-names.ts'
import { expansionsOf } from '../words/abbreviations.ts'
import { words } from '../words/split-words.ts'
import { meaningsOf } from '../words/word-meanings.ts'

/** Whether a query shows a column of numbers that is named for what the question counts: "how many employees" by `num_employees`. */
export function showsStoredCount(question: string, sql: string, names: SchemaNames): boolean {
  const asked = new Set(words(question))
  return readScopes(sql)
    .flatMap((scope) => scope.references)
    .filter(({ clause }) => clause === 'select')
    .flatMap((reference) => referredColumn(reference, names) ?? [])
    .some(({ column }) => holdsNumbers(column.type) && isCountOf(words(column.name), asked))
}

function isCountOf(said: string[], asked: Set<string>): boolean {
  const isOneOf = (some: Set<string>, word: string) => [word, ...expansionsOf(word)].some((one) => some.has(one))
  const isCounted = (word: string) =>
    !isOneOf(LEADING, word) && [word, ...expansionsOf(word)].some((one) => meaningsOf(one).some((it) => asked.has(it)))
  const isBeside = (word: string, at: number) => BESIDE.has(word) || (at === 0 && isOneOf(LEADING, word))
  return (
    said.some((word) => isOneOf(STORED, word) || isCounted(word)) &&
    said.every((word, at) => isOneOf(STORED, word) || isCounted(word) || isBeside(word, at))
  )
}

/** What there is of the thing that a row is about. */
const STORED = new Set('quantity stock hand available'.split(' '))
/** What a name may say in front of what it counts; behind it, they are what an order is called by and comes to. */
const LEADING = new Set('n no number total amount'.split(' '))
const BESIDE = new Set('of in on the count'.split(' '))
