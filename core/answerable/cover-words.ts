import type { Schema } from '#databases/schema/schema.ts'
import { editDistance, words } from '../names/similar-name.ts'
import { isFunctionWord, meaningsOf } from './word-meanings.ts'

/** The words of a question that carry its content: those that the database knows by name, comment or value, and those that it does not. */
export type Coverage = {
  known: string[]
  unknown: string[]
  /** The first telling word: mostly what is asked for. */
  subject: string | null
  /** How far the telling words are from what the database calls things, from 0 (all are names in it) to 1 (none means anything there). */
  distance: number
}

export type CoverageParts = {
  question: string
  schema: Schema
  /** Stretches of the question that are values of the database. */
  values: string[]
  /** Stretches that mean the same in every database: periods. */
  periods: string[]
  /** Words that people have defined. */
  defined?: string[]
}

/** How much of a question is about what the database holds. Numbers, quoted text and words of asking do not count. */
export function coverWords({ question, schema, values, periods, defined = [] }: CoverageParts): Coverage {
  const vocabulary = new Set([...schemaWords(schema), ...defined.flatMap(words)])
  const rest = [...values, ...periods]
    .sort((one, other) => other.length - one.length)
    .reduce((text, part) => (part ? text.replaceAll(part, ' ') : text), withoutQuotes(question))
  const asked = [...new Set(words(rest))].filter((word) => word.length > 1 && !/\d/.test(word))
  const tables = new Set(schema.tables.flatMap((table) => words(table.name)))
  // "order" and "name" are words of asking too: the first counts where a table is called so, the second where nothing else counts.
  const telling = asked.filter((word) => !isFunctionWord(word) || (tables.has(word) && !SMALL_WORDS.has(word)))
  const named = telling.length === 0 ? asked.filter((word) => vocabulary.has(word) && !SMALL_WORDS.has(word)) : []
  const distances = new Map(telling.map((word) => [word, distanceOf(word, vocabulary)]))
  const known = [...named, ...telling.filter((word) => (distances.get(word) ?? 1) < 1)]
  const unknown = telling.filter((word) => !known.includes(word))
  return {
    known: [...known, ...new Set(values.flatMap(words))],
    unknown,
    subject: telling[0] ?? named[0] ?? null,
    distance: [...distances.values()].reduce((sum, distance) => sum + distance, 0) / Math.max(distances.size, 1),
  }
}

const SMALL_WORDS = new Set('a an and at by for from in is it no not of on or per the to was with'.split(' '))

function withoutQuotes(text: string): string {
  return text.replace(/"[^"]*"|“[^”]*”|(?<!\w)'[^']+'(?!\w)/g, ' ')
}

function schemaWords(schema: Schema): Set<string> {
  const texts = schema.tables.flatMap((table) => [
    table.name,
    table.comment ?? '',
    ...table.columns.flatMap((column) => [column.name, column.comment ?? '', ...column.values.filter(isText)]),
  ])
  return new Set(texts.flatMap(words))
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** 0 for a name of the schema, less than 1 for what may mean one: the surer, the less. */
function distanceOf(word: string, vocabulary: Set<string>): number {
  if (vocabulary.has(word)) return 0
  const meanings = meaningsOf(word)
  const names = [...vocabulary]
  if (names.some((name) => isInflected(word, name))) return 0.2
  if (meanings.some((meaning) => vocabulary.has(meaning))) return 0.4
  if (names.some((name) => isForm(word, name))) return 0.6
  return meanings.some((meaning) => names.some((name) => isInflected(meaning, name))) ? 0.8 : 1
}

/** Inflections, compounds (birthday, birth), abbreviations (dept, department) and typing errors. */
function isForm(word: string, name: string): boolean {
  const [short, long] = word.length < name.length ? [word, name] : [name, word]
  if (short.length >= 3 && long.startsWith(short)) return true
  if (short.length >= 4 && long.endsWith(short)) return true
  if (isInflected(word, name)) return true
  if (short.length >= 3 && isAbbreviation(short, long)) return true
  return short.length >= 5 && editDistance(short, long) <= (short.length >= 8 ? 2 : 1)
}

/** order, ordered, ordering: the same for the first five letters. */
function isInflected(word: string, name: string): boolean {
  return word.length >= 5 && name.length >= 5 && word.slice(0, 5) === name.slice(0, 5)
}

function isAbbreviation(short: string, long: string): boolean {
  if (short[0] !== long[0] || short.at(-1) !== long.at(-1) || short.length > 5) return false
  let at = 0
  for (const letter of long) if (letter === short[at]) at++
  return at === short.length
}
