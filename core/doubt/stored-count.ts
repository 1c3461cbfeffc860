import { readScopes } from '../sql/read-scopes.ts'
import { referredColumn } from '../sql/referred-column.ts'
import type { SchemaNames } from '../sql/schema-names.ts'
import { expansionsOf } from '../words/abbreviations.ts'
import { words } from '../words/split-words.ts'
import { meaningsOf } from '../words/word-meanings.ts'

/** Whether a query shows a column of numbers that is named for what the question counts: "how many employees" by `num_employees`. */
export function showsStoredCount(question: string, sql: string, names: SchemaNames): boolean {
  const asked = new Set(words(question))
  const isCounted = (word: string) =>
    [word, ...expansionsOf(word)].some((one) => COUNTING.has(one) || meaningsOf(one).some((other) => asked.has(other)))
  return readScopes(sql)
    .flatMap((scope) => scope.references)
    .filter(({ clause }) => clause === 'select')
    .flatMap((reference) => referredColumn(reference, names) ?? [])
    .some(({ column }) => NUMBERS.test(column.type) && words(column.name).every(isCounted))
}

/** What the name of a column may say beside what it counts. */
const COUNTING = new Set('n no of in on the number count total quantity amount stock hand available'.split(' '))
const NUMBERS = /INT|REAL|NUM|DEC|FLOA|DOUB/i
