import { quoteName } from '#core/sql/quote-name.ts'
import { type Token, tokenizeSql } from '#core/sql/tokenize-sql.ts'
import type { Schema } from '#databases/schema/schema.ts'

/**
 * A data set's query in the one spelling that the model is to learn: keywords in upper case, functions in lower case, names as the schema
 * spells them, texts in single quotes, single blanks.
 */
export function normaliseSql(sql: string, schema: Schema): string {
  const spelling = spellings(schema)
  const tokens = tokenizeSql(sql.replace(/[;\s]+$/, '').replace(/\binner\s+join\b/gi, 'JOIN'))
  const aliases = new Set(
    tokens.flatMap((token, at) =>
      token.kind === 'word' && tokens[at - 1]?.name.toUpperCase() === 'AS' ? [token.name.toLowerCase()] : [],
    ),
  )
  const words = tokens.map((token, at) => spell(token, { tokens, at }, { spelling, aliases }))
  return words.reduce((text, word, at) => text + (at > 0 && isApart(words[at - 1] ?? '', word) ? ' ' : '') + word, '')
}

type Names = { spelling: Map<string, string>; aliases: Set<string> }

/** Where a token stands. */
type Place = { tokens: Token[]; at: number }

function spell(token: Token, place: Place, names: Names): string {
  const [previous, next] = [place.tokens[place.at - 1], place.tokens[place.at + 1]]
  const known = names.spelling.get(token.name.toLowerCase())
  if (token.kind === 'string') return asText(token.name)
  if (token.kind === 'word') return spellWord(token.name, { known, next, previous, names })
  if (token.kind !== 'quoted') return token.text === '==' ? '=' : token.text
  // SQLite reads a double-quoted word that names no column as a text, and so do most of Spider's queries.
  const isText = token.text.startsWith('"') && (known === undefined || isCompared(place))
  return isText ? asText(token.name) : (known ?? quoteName(token.name))
}

/** Whether a column is compared with what stands here, alone, as the end of a range or in a list. */
function isCompared({ tokens, at }: Place): boolean {
  const word = (offset: number) => tokens[at + offset]?.text.toUpperCase() ?? ''
  if (word(-1) === 'AND') return !COMPARES.has(word(1))
  return word(-1) === '(' ? word(-2) === 'IN' : COMPARES.has(word(-1))
}

function asText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

type Around = { known: string | undefined; next: Token | undefined; previous: Token | undefined; names: Names }

function spellWord(name: string, { known, next, previous, names }: Around): string {
  if (names.aliases.has(name.toLowerCase())) return /^t\d+$/i.test(name) ? name.toUpperCase() : name
  const isCalled = next?.text === '('
  // "count (" is a function even where a column is called count.
  if (isCalled && FUNCTIONS.has(name.toLowerCase())) return name.toLowerCase()
  const isMember = known !== undefined && (previous?.text === '.' || next?.text === '.')
  if (KEYWORDS.has(name.toUpperCase()) && !isMember) return name.toUpperCase()
  return known ?? (isCalled ? name.toLowerCase() : name)
}

function spellings(schema: Schema): Map<string, string> {
  const names = schema.tables.flatMap((table) => [table.name, ...table.columns.map((column) => column.name)])
  return new Map(names.reverse().map((name) => [name.toLowerCase(), quoteName(name)]))
}

function isApart(before: string, word: string): boolean {
  if (/^[,).]$/.test(word) || /[(.]$/.test(before)) return false
  if (word === '(') return !/^[\p{L}_]/u.test(before) || KEYWORDS.has(before.toUpperCase())
  return true
}

const COMPARES = new Set(['=', '==', '!=', '<>', '<', '>', '<=', '>=', 'LIKE', 'NOT', 'IS', 'BETWEEN', 'IN'])

const FUNCTIONS = new Set(
  'abs avg cast coalesce count date datetime group_concat ifnull iif instr julianday length lower max min nullif printf replace round strftime substr sum time total trim upper'.split(
    ' ',
  ),
)

/** Whether a word is one of SQL's own, so that it cannot be told from a name by itself. */
export function isSqlWord(word: string): boolean {
  return KEYWORDS.has(word.toUpperCase()) || FUNCTIONS.has(word.toLowerCase())
}

const KEYWORDS = new Set(
  `ALL AND AS ASC BETWEEN BY CASE COLLATE CROSS DESC DISTINCT ELSE END ESCAPE EXCEPT EXISTS FROM FULL GLOB GROUP HAVING IN INNER
  INTERSECT INTO IS JOIN LEFT LIKE LIMIT NATURAL NOT NULL OFFSET ON OR ORDER OUTER OVER PARTITION RIGHT SELECT THEN UNION USING VALUES
  WHEN WHERE WITH`.split(/\s+/),
)
