import type { Column, Schema, SqlValue } from '#databases/schema/schema.ts'
import { tokenizeSql } from '../sql/tokenize-sql.ts'
import { abbreviates, expansionsOf } from '../words/abbreviations.ts'
import { isEnglishWord } from '../words/english-words.ts'
import { words } from '../words/split-words.ts'
import { meaningsOf } from '../words/word-meanings.ts'

/**
 * Attributes that a question asks for by a common name and that nothing in a query stands for: "titles of courses" answered by their ids.
 * Such words say little by themselves, since most databases have a name, a type and a date somewhere.
 */
export function unusedAttributes(question: string, sql: string, schema: Schema): string[] {
  const tokens = tokenizeSql(sql)
  if (tokens.some(({ text }, index) => text === '*' && tokens[index - 1]?.text !== '(')) return []
  const names = new Set(tokens.map(({ name }) => name.toLowerCase()))
  const used = schema.tables.flatMap((table) => table.columns).filter(({ name }) => names.has(name.toLowerCase()))
  const asked = words(question.replace(REPEATED, ' '))
  return ATTRIBUTES.filter(
    (attribute) => asked.includes(attribute.word) && !used.some((column) => standsFor(column, attribute, asked)),
  ).map(({ word }) => word)
}

/** "20 times" asks for no time. */
const REPEATED =
  /\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|many|several|multiple|more|number of|all) times\b/gi

/** The first of them that a table of the query has a column for: a word that the query might well have taken, and did not. */
export function overlookedAttribute(question: string, sql: string, schema: Schema): string | undefined {
  const names = new Set(tokenizeSql(sql).map(({ name }) => name.toLowerCase()))
  const columns = schema.tables.filter((table) => names.has(table.name.toLowerCase())).flatMap((table) => table.columns)
  const held = new Set(columns.flatMap((column) => words(column.name)))
  return unusedAttributes(question, sql, schema).find((word) => held.has(word))
}

/** A column of that name, or any that the question calls by its own name ("player" for the name of a player). */
function standsFor({ name, dateFormat, values }: Column, { word, columns }: Attribute, asked: string[]): boolean {
  const own = words(name)
  const isDate = dateFormat !== undefined && columns.has('date')
  const [only = '', ...others] = own
  const isCalled =
    others.length === 0 &&
    (isBefore(only, word, asked) || (columns.has('name') && !values.some(isNumber) && isMeant(only, asked)))
  return isDate || isCalled || own.some((word) => [...columns].some((one) => isNamedBy(word, one)))
}

/** The word of a column's name ends with another ("birthdate"), or is short for it. */
function isNamedBy(word: string, other: string): boolean {
  if (word.endsWith(other) || expansionsOf(word).includes(other)) return true
  return abbreviates(word, other) && (word.length > 3 || !isEnglishWord(word))
}

function isNumber(value: SqlValue): boolean {
  return typeof value === 'number' || typeof value === 'bigint'
}

/** "IATA code" is the column IATA. */
function isBefore(name: string, word: string, asked: string[]): boolean {
  return asked.some((one, at) => one === name && asked[at + 1] === word)
}

/** The names of all kids are in a column called Student; a column of numbers holds no names. */
function isMeant(name: string, asked: string[]): boolean {
  return asked.some((word) => meaningsOf(word).includes(name))
}

/** A common name, and what columns for it are called. */
type Attribute = { word: string; columns: Set<string> }

/** Attributes that nearly every database has, each with the words that columns for it are called by. */
export const ATTRIBUTES: Attribute[] = [
  'name title label first last full',
  'title name label',
  'type kind category class genre code style plan model breed',
  'year date time founded built opened released published born made joined season',
  'date year time day',
  'time date hour start end',
  'address location street city line',
  'location place city address country venue office branch suburb state region',
  'amount total price cost value fee sum quantity debit credit balance budget salary revenue gross paid expense',
  'age birth dob',
  'description detail note comment subject body text',
  'code type iata icao isbn sku iso zip symbol abbreviation',
  'score point rating grade mark imdb satisfaction result star',
].map((group) => ({ word: group.split(' ')[0] ?? '', columns: new Set(group.split(' ')) }))

/** Names of attributes that nearly every database has. */
export const COMMON_ATTRIBUTES: ReadonlySet<string> = new Set(ATTRIBUTES.map(({ word }) => word))
