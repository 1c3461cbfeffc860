import type { Schema } from '#databases/schema/schema.ts'
import type { UnknownName } from '../fit/names/fix-names.ts'
import { expansionsOf } from '../words/abbreviations.ts'
import { isFunctionWord } from '../words/function-words.ts'
import { words } from '../words/split-words.ts'
import { meaningsOf } from '../words/word-meanings.ts'

/** At least so many tries must name it, the first among them. */
const LEAST_TRIES = 2

/**
 * A column that the question asks for in so many words ("phone number"), that the model reaches for in most of its tries, and that the
 * schema does not have: whatever another query would give instead is not what was asked. Null where there is none.
 */
export function findMissing(tried: { unknownNames: UnknownName[] }[], question: string, schema: Schema): string | null {
  const asked = new Set(words(question))
  const columns = schema.tables.flatMap((table) =>
    table.columns.map(({ name }) => new Set(withExpansions(words(name)))),
  )
  const isAsked = ({ name, kind }: UnknownName) => {
    const parts = words(name.slice(name.lastIndexOf('.') + 1))
    const isHeld = columns.some((column) => isCalled(parts, column))
    return kind === 'column' && !isHeld && parts.every((part) => part.length > 2 && asked.has(part))
  }
  const missing = tried.map(({ unknownNames }) => unknownNames.find(isAsked)?.name)
  const first = missing[0]
  const count = missing.filter((name) => name !== undefined).length
  if (first === undefined || count < LEAST_TRIES || 2 * count <= tried.length) return null
  return words(first.slice(first.lastIndexOf('.') + 1)).join(' ')
}

/** Whether each word stands for another one of a column's name: `tel` is a phone number, but `home_town` no home address. */
function isCalled(parts: string[], column: Set<string>): boolean {
  const telling = parts.filter((part) => !isFunctionWord(part))
  const left = new Set(column)
  return (telling.length > 0 ? telling : parts).every((part) => {
    const meant = withExpansions([part])
      .flatMap(meaningsOf)
      .find((meaning) => left.has(meaning))
    return meant !== undefined && left.delete(meant)
  })
}

function withExpansions(names: string[]): string[] {
  return names.flatMap((name) => [name, ...expansionsOf(name)])
}
