import { applyEdits } from '../sql/apply-edits.ts'
import { isWord, tokenizeSql } from '../sql/tokenize-sql.ts'
import { NUMBER_WORDS } from '../words/number-words.ts'

/**
 * The query with another number of rows, where a follow-up asks for nothing else ("top 10 instead", "only the first three"); null where it
 * asks for more, or the query says neither how many rows it wants nor which come first.
 */
export function changeLimit(text: string, sql: string): string | null {
  const { top, figure = '', only, instead } = ASKS.exec(text.trim())?.groups ?? {}
  const count = NUMBER_WORDS.includes(figure.toLowerCase())
    ? NUMBER_WORDS.indexOf(figure.toLowerCase())
    : Number.parseInt(figure, 10)
  if (!(count > 0) || !(top || only || instead)) return null
  const tokens = tokenizeSql(sql.replace(/[\s;]+$/, ''))
  const [limit, number, ...after] = tokens.slice(tokens.findLastIndex((token) => isWord(token, 'LIMIT')))
  const order = tokens.slice(tokens.findLastIndex((token) => isWord(token, 'ORDER')))
  if (!limit || !isWord(limit, 'LIMIT') || number?.kind !== 'number' || after.length > 0) return null
  // The "top" ones of a list that begins with the lowest may be at its other end.
  const isSorted = isWord(order[0], 'ORDER') && (!top || order.some((token) => isWord(token, 'DESC')))
  return isSorted ? applyEdits(sql, [{ start: number.start, end: number.end, text: String(count) }]) : null
}

const ASKS = new RegExp(
  [
    String.raw`^(?:(?:and|but|now|ok|okay|please|then|no|what about|how about|show|give|me|i meant)[,\s]+)*`,
    String.raw`(?<only>(?:only|just|make (?:it|that))\s+)?(?:the\s+)?(?:(?<top>top|best|highest|largest|biggest)\s+|(?:first)\s+)?`,
    String.raw`(?<figure>\d{1,3}|${NUMBER_WORDS.join('|')})`,
    String.raw`(?:\s+(?:ones?|rows?|results?))?(?<instead>\s+instead)?(?:[,\s]+(?:only|please))?[\s.?!]*$`,
  ].join(''),
  'i',
)
