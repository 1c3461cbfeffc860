import { isWord, type Token, tokenize, withoutComments } from './sql-tokens.ts'

/** SQL as the parser takes it; `origin` gives for each of its code points the offset in the SQL that it stands for. */
export type ParserInput = { text: string; origin: number[] }

/** A stretch of the SQL that is handed to the parser in other words. */
type Edit = { start: number; end: number; text: string }

/**
 * Words SQL so that the parser understands it as SQLite does: comments become spaces (the parsers disagree on where one
 * ends), NOT GLOB, NOT MATCH and NOT REGEXP become NOT LIKE (it knows none of them), and NOT a LIKE b becomes NOT (a LIKE b)
 * (it leaves the first as raw text).
 */
export function parserInput(sql: string): ParserInput {
  const tokens = tokenize(sql)
  const words = withoutComments(tokens)
  const edits = [
    ...tokens.filter(({ kind }) => kind === 'comment').map(({ start, end }) => ({ start, end, text: ' ' })),
    ...words.flatMap((_, at) => [...unknownNegation(words, at), ...loneNegation(words, at)]),
  ]
  return applied(sql, edits)
}

function unknownNegation(words: Token[], at: number): Edit[] {
  const [not, operator] = [words[at], words[at + 1]]
  if (operator === undefined || !isWord(not, 'NOT') || !isWord(operator, 'GLOB', 'MATCH', 'REGEXP')) return []
  return [{ start: operator.start, end: operator.end, text: 'LIKE' }]
}

const afterNot = ['LIKE', 'GLOB', 'MATCH', 'REGEXP', 'IN', 'BETWEEN', 'NULL', 'EXISTS', 'INDEXED', 'MATERIALIZED']

const endOfOperand =
  `AND OR , ) THEN WHEN ELSE END GROUP ORDER HAVING LIMIT UNION INTERSECT EXCEPT WINDOW AS ASC DESC JOIN LEFT
  RIGHT FULL INNER CROSS NATURAL`.split(/\s+/)

/** Words looked at for the end of an operand; a longer one stays as it is, for SQLite to understand. */
const maxOperand = 100

function loneNegation(words: Token[], at: number): Edit[] {
  const not = words[at]
  if (not === undefined || !isWord(not, 'NOT') || isWord(words[at - 1], 'IS') || isWord(words[at + 1], ...afterNot)) {
    return []
  }
  let depth = 0
  let likes = false
  let last = not
  for (const word of words.slice(at + 1, at + 1 + maxOperand)) {
    if (depth === 0 && isWord(word, ...endOfOperand)) break
    if (isWord(word, '(')) depth += 1
    if (isWord(word, ')')) depth -= 1
    likes ||= depth === 0 && isWord(word, 'LIKE')
    last = word
  }
  if (!likes) return []
  return [
    { start: not.end, end: not.end, text: ' (' },
    { start: last.end, end: last.end, text: ')' },
  ]
}

function applied(sql: string, edits: Edit[]): ParserInput {
  const pieces: string[] = []
  const origin: number[] = []
  let at = 0
  const copyUntil = (end: number) => {
    for (const character of sql.slice(at, end)) {
      pieces.push(character)
      origin.push(at)
      at += character.length
    }
  }
  for (const edit of edits.sort((one, other) => one.start - other.start)) {
    copyUntil(edit.start)
    pieces.push(edit.text)
    for (const _ of edit.text) origin.push(edit.start)
    at = edit.end
  }
  copyUntil(sql.length)
  origin.push(sql.length)
  return { text: pieces.join(''), origin }
}
