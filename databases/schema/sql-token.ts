/**
 * A piece of SQL text from `start` to `end` (exclusive). `closed` is false where the text ended before the piece did:
 * with more text it might go on.
 */
export type SqlToken = {
  kind: 'space' | 'comment' | 'word' | 'string' | 'name' | 'symbol'
  start: number
  end: number
  closed: boolean
}

/**
 * The token at an offset, cut as SQLite's own tokenizer cuts it (https://www.sqlite.org/lang_expr.html, comments,
 * literals, names).
 */
export function readSqlToken(sql: string, start: number): SqlToken {
  const first = sql[start] ?? ''
  const two = sql.slice(start, start + 2)
  if (two === '--') return until(sql, start, '\n', 2, 'comment')
  if (two === '/*') return until(sql, start, '*/', 2, 'comment')
  if (first === "'") return until(sql, start, "'", 1, 'string')
  if (first === '"' || first === '`') return until(sql, start, first, 1, 'name')
  if (first === '[') return until(sql, start, ']', 1, 'name')
  if (isSpace.test(first)) return run(sql, start, spaces, 'space')
  if (isWord.test(first)) return run(sql, start, words, 'word')
  // A lone - or / at the end of the text may be half of a comment's beginning.
  const half = (first === '-' || first === '/') && start + 1 === sql.length
  return { kind: 'symbol', start, end: start + 1, closed: !half }
}

const isSpace = /\s/
const isWord = /[\p{L}\p{N}_$]/u
const spaces = /\s+/y
const words = /[\p{L}\p{N}_$]+/uy

function until(sql: string, start: number, terminator: string, skip: number, kind: SqlToken['kind']): SqlToken {
  const at = sql.indexOf(terminator, start + skip)
  if (at < 0) return { kind, start, end: sql.length, closed: false }
  return { kind, start, end: at + terminator.length, closed: true }
}

function run(sql: string, start: number, pattern: RegExp, kind: SqlToken['kind']): SqlToken {
  pattern.lastIndex = start
  pattern.test(sql)
  const end = Math.max(pattern.lastIndex, start + 1)
  return { kind, start, end, closed: end < sql.length }
}
