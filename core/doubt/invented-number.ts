import type { PeriodHint } from '../linking/link-periods.ts'
import { type Token, tokenizeSql } from '../sql/tokenize-sql.ts'
import { NUMBER_WORDS } from '../words/number-words.ts'
import { impliedNumbers } from './implied-numbers.ts'

/**
 * A number that the query compares with and that neither a text nor a period speaks of; undefined where there is none. Numbers next to one
 * that is named are fine ("at least 3" is "> 2"), and so are 0 and 1.
 */
export function inventedNumber(sql: string, asked: string[], periods: PeriodHint[]): string | undefined {
  const text = asked.join(' ').toLowerCase()
  const rest = periods.reduce((left, { period }) => left.replace(period.text.toLowerCase(), ' '), text)
  // What a share, a multiple or a length of time comes to in a column's unit is not for us to say.
  if (SCALED.test(text) || MEASURED.test(rest)) return undefined
  const named = new Set([0, 1, ...numbersIn(text), ...impliedNumbers(text, periods)])
  const isNamed = (number: number) => [number - 1, number, number + 1].some((near) => named.has(near))
  const tokens = tokenizeSql(sql)
  return tokens.find((token, at) => token.kind === 'number' && isCompared(tokens, at) && !isNamed(Number(token.text)))
    ?.text
}

const SCALED = /%|percent|\b(?:half|quarter|third|dozen|hundred|thousand|million|billion)s?\b|\d(?:k|m|bn)\b/

const MEASURED = new RegExp(
  String.raw`\b(?:\d[\d.,]*|an?|${NUMBER_WORDS.join('|')})[ -](?:second|minute|hour|day|week|month|year)s?\b`,
)

const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const MORE_WORDS: Record<string, number> = { twice: 2, double: 2, couple: 2 }

function numbersIn(text: string): number[] {
  const digits = text.match(/\d[\d,]*(?:\.\d+)?/g) ?? []
  const spelt = text.match(/\p{L}+/gu) ?? []
  return [
    ...digits.map((one) => Number(one.replaceAll(',', ''))),
    ...spelt.flatMap((word, at) => valuesOf(word, spelt[at + 1])),
  ]
}

/** What a word stands for: of "twenty" before "four" both 20 and 24. */
function valuesOf(word: string, next = ''): number[] {
  const tens = TENS.indexOf(word)
  if (tens < 0) {
    const number = NUMBER_WORDS.includes(word) ? NUMBER_WORDS.indexOf(word) : MORE_WORDS[word]
    return number === undefined ? [] : [number]
  }
  const ones = NUMBER_WORDS.indexOf(next)
  return [10 * (tens + 2), ...(ones > 0 && ones < 10 ? [10 * (tens + 2) + ones] : [])]
}

function isCompared(tokens: Token[], at: number): boolean {
  const before = tokens[at - 1]?.text.toUpperCase() ?? ''
  return /^(?:=|==|<|>|<=|>=|!=|<>|BETWEEN)$/.test(before)
}
