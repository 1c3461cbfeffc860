import type { Schema, Table } from '#databases/schema/schema.ts'
import { abbreviates, expansionsOf, spelledOut } from '../words/abbreviations.ts'
import { correctSlip } from '../words/correct-slip.ts'
import { isAside, isEnglishWord } from '../words/english-words.ts'
import { isFunctionWord } from '../words/function-words.ts'
import { relatedWords } from '../words/related-words.ts'
import { words } from '../words/split-words.ts'
import { tellingText } from '../words/telling-text.ts'
import { american, formsOf, inflectedFrom, isMistyped } from '../words/word-forms.ts'
import { attributesOf, isEveryday, meaningsOf } from '../words/word-meanings.ts'
import { COMMON_ATTRIBUTES } from './unused-attributes.ts'

/** The words of a question that carry its content: those that the database knows by name, comment or value, and those that it does not. */
export type Coverage = {
  known: string[]
  unknown: string[]
  /** Those known words that only have to do with what the database holds, or may be short for it. */
  vague: string[]
  /** What is written as a name and is found nowhere, as it was typed: whether it is there at all is for a query to find out. */
  names: string[]
  /** How much speaks for the question: known words count the more the nearer they are to a name of the database, found values half. */
  nearness: number
  /** How much speaks against it: unknown words that name no thing count half, those that business is rarely about a little less than 1. */
  weights: Map<string, number>
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
  const vocabulary = vocabularyOf(schema, defined)
  const rest = tellingText(question, [...values, ...periods])
  const written = properNames(rest)
  const capitalised = new Set(written.flatMap(words))
  const said = words(rest).map((word) => (capitalised.has(word) ? word : correctSlip(word, vocabulary.names)))
  const spelled = new Set(spelledOut(said, vocabulary.names, (word) => SMALL_WORDS.has(word)))
  const asked = [...new Set(said)].filter((word) => word.length > 1 && !/\d/.test(word))
  const tables = new Set(
    schema.tables.flatMap((table) => words(table.name)).flatMap((word) => [word, ...expansionsOf(word)]),
  )
  // "order" and "name" are words of asking too: the first counts where a table is called so, the second where nothing else counts.
  const distance = (word: string) => (spelled.has(word) ? 0.4 : distanceOf(word, vocabulary))
  const names = new Set([...capitalised].filter((word) => distance(word) === 1))
  const isThing = (word: string) =>
    (tables.has(word) && !SMALL_WORDS.has(word)) || (word === 'order' && ORDERS.test(rest))
  const telling = asked.filter((word) => !names.has(word) && (!isFunctionWord(word) || isThing(word)))
  const named = telling.length === 0 ? asked.filter((word) => !SMALL_WORDS.has(word) && distance(word) <= 0.4) : []
  const distances = new Map(telling.map((word) => [word, distance(word)]))
  const known = [...named, ...telling.filter((word) => (distances.get(word) ?? 1) < 1)]
  const unknown = telling.filter((word) => !known.includes(word))
  const vague = telling.filter((word) => known.includes(word) && (distances.get(word) ?? 0) >= VAGUE)
  const asides = unknown.filter(isAside)
  const found = new Set(values.flatMap(words))
  return {
    known: [...known, ...found],
    unknown,
    vague,
    names: written.filter((name) => words(name).every((word) => names.has(word) && !isFunctionWord(word))),
    nearness: [...distances.values()].reduce((sum, one) => sum + 1 - one, VALUE * found.size),
    weights: new Map(unknown.map((word) => [word, asides.includes(word) ? ASIDE : isEveryday(word) ? 1 : RARE])),
    subject: telling.find((word) => !asides.includes(word)) ?? telling[0] ?? named[0] ?? null,
    distance: [...distances.values()].reduce((sum, one) => sum + one, 0) / Math.max(distances.size, 1),
  }
}

/** From this distance on a word is no other word for a name, nor a form of one. */
const VAGUE = 0.8

/** What a found value, an unknown word that names no thing, and one that names a rare thing count beside a name of the database. */
const [VALUE, ASIDE, RARE] = [0.5, 0.5, 0.8]

/**
 * Words that a database uses, what its names stand for where they are abbreviations or spelt the British way, and those of its names that
 * say more than "name" or "type".
 */
type Vocabulary = { names: Set<string>; meant: Set<string>; things: string[] }

function vocabularyOf({ tables }: Schema, defined: string[]): Vocabulary {
  const columns = tables.flatMap((table) => table.columns)
  const named = [...tables, ...columns].flatMap(({ name }) => words(name))
  const texts = [
    ...[...tables, ...columns].map(({ comment }) => comment ?? ''),
    ...columns.flatMap(({ values }) => values.filter(isText)),
    ...defined,
  ]
  return {
    names: new Set([...named, ...texts.flatMap(words)]),
    meant: new Set([
      ...named.flatMap((name) => [...expansionsOf(name), american(name)]),
      ...(tables.some(hasTwoDates) ? BETWEEN_DATES : []),
    ]),
    things: named
      .filter((word) => word.length > 2 && !isFunctionWord(word) && !COMMON_ATTRIBUTES.has(word))
      .flatMap((word) => [word, ...inflectedFrom(word)]),
  }
}

/** What there is to know of something that has a beginning and an end. */
const BETWEEN_DATES =
  'duration long short fast slow wait waiting late early overdue delay punctual turnaround lead processing resolution response handling stay'.split(
    ' ',
  )

function hasTwoDates({ columns }: Table): boolean {
  return columns.filter(({ dateFormat }) => dateFormat !== undefined && dateFormat !== 'year').length > 1
}

const SMALL_WORDS = new Set('a an and at by for from in is it no not of on or per the to was with'.split(' '))

/** Things that are ordered; "order by" and "in order of" only say how to answer. */
const ORDERS = /\borders\b(?! by\b| them\b)/i

/** Words within a sentence that are written with a capital, unless most of its words are. Acronyms ("CEO") mean more than a name. */
function properNames(text: string): string[] {
  const capitalised = text.match(/(?<=[\p{L}\p{N},;:.]\s+)\p{Lu}(?=[\p{L}’'-]*\p{Ll})[\p{L}’'-]+/gu) ?? []
  const all = text.match(/\p{L}+/gu) ?? []
  return 2 * capitalised.length > all.length ? [] : capitalised
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** 0 for a name of the schema, less than 1 for what may mean one: the surer, the less. */
function distanceOf(word: string, { names, meant, things }: Vocabulary): number {
  if (names.has(word)) return 0
  const has = (one: string) => names.has(one) || meant.has(one)
  const all = [...names, ...meant]
  const forms = [word, ...expansionsOf(word)].flatMap(formsOf)
  if (forms.some((form) => has(form) || all.some((name) => isInflected(form, name)))) return 0.2
  const meanings = [word, ...expansionsOf(word)].flatMap(meaningsOf)
  if (meanings.some(has)) return 0.4
  if (all.some((name) => isForm(word, name)) || attributesOf(word).some(has)) return 0.6
  if (meanings.some((meaning) => all.some((name) => isDerived(meaning, name) || isAbbreviation(name, meaning))))
    return 0.8
  const related = relatedWords(word)
  return things.some((name) => related.has(name)) ? 0.8 : 1
}

/** Compounds (birthday, birth), abbreviations (dept, department) and typing errors. */
function isForm(word: string, name: string): boolean {
  const [short, long] = word.length < name.length ? [word, name] : [name, word]
  if (short.length >= 4 && long.endsWith(short)) return true
  return abbreviates(short, long) || isMistyped(word, name)
}

/** "dntr" is short for a donator, and so for a donor. What is a word itself is short for none. */
function isAbbreviation(name: string, word: string): boolean {
  return name.length > 3 && abbreviates(name, word) && !isEnglishWord(name)
}

/** order, ordered, ordering: the same for the first five letters. */
function isInflected(word: string, name: string): boolean {
  return word.length >= 5 && name.length >= 5 && word.slice(0, 5) === name.slice(0, 5)
}

/** depart, department: the same for five letters, and one begins with the whole other. */
function isDerived(word: string, name: string): boolean {
  return isInflected(word, name) && (word.startsWith(name) || name.startsWith(word))
}
