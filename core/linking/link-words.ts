import type { Schema } from '#databases/schema/schema.ts'
import { quoteName } from '../sql/quote-name.ts'
import { abbreviates, expansionsOf } from '../words/abbreviations.ts'
import { isEnglishWord } from '../words/english-words.ts'
import { isFunctionWord } from '../words/function-words.ts'
import { words } from '../words/split-words.ts'
import { tellingText } from '../words/telling-text.ts'
import { formsOf, inflectedFrom } from '../words/word-forms.ts'
import { meaningsOf } from '../words/word-meanings.ts'
import { usesOf } from '../words/wordnet.ts'

const MOST_WORDS = 4
const SHORTEST = 3
const MOST_PLACES = 2

/**
 * What words of a question stand for that the schema calls otherwise, where only one of its words can be meant: `"score" means paper.scor`.
 * `known` are stretches of the question that something else accounts for.
 */
export function linkWords(question: string, schema: Schema, known: string[]): string[] {
  const named = namedBy(schema)
  const roots = new Set([...named.keys()].flatMap(formsOf))
  // A word of the same root is read without help, and often means another thing: "teachers" of a table "teaches".
  const isOfRoot = (word: string) => formsOf(word).some((form) => roots.has(form))
  const asked = new Map(
    (tellingText(question, known).match(/\p{L}+/gu) ?? []).map((said) => [words(said).join(''), said]),
  )
  return [...asked]
    .filter(([word]) => word.length >= SHORTEST && !isFunctionWord(word) && !isVerb(word) && !isOfRoot(word))
    .flatMap(([word, said]) => {
      const meant = meantBy(word, named)
      return meant === null ? [] : [`"${said}" means ${meant}`]
    })
    .slice(0, MOST_WORDS)
}

/** The tables and columns that have a word in their names, as they stand in SQL. */
function namedBy({ tables }: Schema): Map<string, string[]> {
  const named = new Map<string, string[]>()
  const add = (name: string, sql: string) => {
    for (const word of words(name)) named.set(word, [...(named.get(word) ?? []), sql])
  }
  for (const table of tables) {
    add(table.name, quoteName(table.name))
    for (const column of table.columns) add(column.name, `${quoteName(table.name)}.${quoteName(column.name)}`)
  }
  return named
}

/** What one word of the schema's names that is short for a word, else the one that means the same, is part of. */
function meantBy(word: string, named: Map<string, string[]>): string | null {
  const meanings = new Set(meaningsOf(word))
  for (const suits of [
    (name: string) => abbreviatesWord(name, word),
    (name: string) => name.length >= SHORTEST && meanings.has(name),
  ]) {
    const [found, ...more] = [...named.keys()].filter(suits)
    if (more.length > 0) return null
    if (found !== undefined) return placeOf(found, named.get(found) ?? [])
  }
  return null
}

/** The table that a word names, else the columns where there are few; else the word itself. */
function placeOf(word: string, places: string[]): string {
  const tables = places.filter((place) => !place.includes('.'))
  const some = tables.length > 0 ? tables : places
  return some.length <= MOST_PLACES ? some.join(' or ') : word
}

function abbreviatesWord(name: string, word: string): boolean {
  return (
    expansionsOf(name).includes(word) || (abbreviates(name, word) && (name.length > SHORTEST || !isEnglishWord(name)))
  )
}

/** Verbs say how things are connected rather than what they are: "hosted" is no table of hosts, and "live" no home. */
function isVerb(word: string): boolean {
  const [base = word] = inflectedFrom(word)
  const uses = usesOf(word)
  return (base !== word && !word.endsWith('ing')) || uses.verb > uses.noun
}
