import type { Schema } from '../schema/schema.ts'
import { verdictOnFunction } from './functions.ts'
import { isWord, type Token, tokenize, withoutComments } from './sql-tokens.ts'
import { type Refusal, refused, rejected } from './verdict.ts'

const maxLength = 50_000
const maxTokens = 10_000
const maxDepth = 30

/**
 * Checks what can be told from the tokens alone, as SQLite itself would cut them: length and depth, one statement that
 * reads, no parameters, no names of SQLite's own tables, allowed functions. Gives the statement without what ends it.
 */
export function checkTokens(statement: string, schema: Schema): { ok: true; sql: string } | Refusal {
  if (statement.length > maxLength) return refused(`The statement is longer than ${maxLength} characters.`)
  if (statement.includes('\0')) return refused('The statement holds a NUL character.')
  const tokens = withoutComments(tokenize(statement))
  const end = tokens.findIndex((token) => isWord(token, ';'))
  const used = end < 0 ? tokens : tokens.slice(0, end)
  if (end >= 0 && tokens.slice(end).some((token) => !isWord(token, ';'))) {
    return refused('Only one statement can be run, and something follows the first.')
  }
  const refusal = checkStart(used) ?? checkSize(used) ?? checkEach(used, schema)
  return refusal ?? { ok: true, sql: end < 0 ? statement : statement.slice(0, tokens[end]?.start) }
}

function checkStart([first]: Token[]): Refusal | null {
  if (first === undefined) return rejected('There is no statement.')
  if (isWord(first, 'SELECT', 'WITH', 'VALUES')) return null
  return refused('Only statements that read can be run: SELECT, WITH or VALUES.')
}

/** Whether a statement that cannot be read was meant to write. */
export function wantsToWrite(statement: string): boolean {
  const verbs =
    'INSERT UPDATE DELETE REPLACE CREATE DROP ALTER ATTACH DETACH PRAGMA VACUUM REINDEX ANALYZE RETURNING'.split(' ')
  return tokenize(statement).some((token) => isWord(token, ...verbs))
}

function checkSize(tokens: Token[]): Refusal | null {
  if (tokens.length > maxTokens) return refused(`The statement has more than ${maxTokens} words and signs.`)
  let depth = 0
  let signs = 0
  for (const token of tokens) {
    if (isWord(token, '(', 'CASE')) depth += 1
    if (isWord(token, ')', 'END')) depth -= 1
    signs = isWord(token, 'NOT', '-', '+', '~') ? signs + 1 : 0
    if (depth > maxDepth || signs > maxDepth)
      return refused(`The statement is nested more than ${maxDepth} levels deep.`)
  }
  return null
}

function checkEach(tokens: Token[], schema: Schema): Refusal | null {
  for (const [at, token] of tokens.entries()) {
    const refusal =
      checkKind(token) ??
      checkReserved(token, schema) ??
      checkDots(tokens, at) ??
      checkIn(tokens, at) ??
      checkFunction(tokens, at)
    if (refusal !== null) return refusal
  }
  return null
}

// SQLite takes a text there as the name of a table, one of its own too.
function checkIn(tokens: Token[], at: number): Refusal | null {
  if (!isWord(tokens[at], 'IN') || tokens[at + 1]?.kind !== 'string') return null
  return rejected('After IN stands a list of values in parentheses, a query or a table, and not a single text.')
}

function checkKind({ kind, text }: Token): Refusal | null {
  if (kind === 'illegal') return rejected(`The statement cannot be read at ${text.slice(0, 20)}`)
  if (kind === 'parameter') return rejected(`The statement has a parameter, ${text}, and nothing to put in its place.`)
  return null
}

function isName({ kind }: Token): boolean {
  return kind === 'word' || kind === 'identifier'
}

// A table of the schema cannot be called like that, but a column can.
function checkReserved(token: Token, schema: Schema): Refusal | null {
  if (!isName(token) || !/^(sqlite_.*|pragma_.*|dbstat)$/i.test(token.value)) return null
  const name = token.value.toLowerCase()
  if (schema.tables.some(({ columns }) => columns.some((column) => column.name.toLowerCase() === name))) return null
  return refused(`${token.value} is a part of SQLite itself and cannot be asked.`)
}

function checkDots(tokens: Token[], at: number): Refusal | null {
  const [first, dot, second, next] = tokens.slice(at, at + 4)
  if (first === undefined || second === undefined || !isName(first) || !isWord(dot, '.') || !isName(second)) return null
  if (!isWord(next, '.', '(') && !isWord(tokens[at - 1], 'IN')) return null
  return refused('Tables are named alone, without the name of a schema before them.')
}

// Words after which a parenthesis opens no call. LIKE, GLOB and REPLACE can be both; they are allowed as functions.
const keywords = new Set(
  `all and as between by case cast collate distinct else escape except exists filter from group having in intersect is
  isnull join like glob limit materialized match not notnull offset on or over regexp select then union using values
  when where window`.split(/\s+/),
)

function checkFunction(tokens: Token[], at: number): Refusal | null {
  const token = tokens[at]
  if (token === undefined || !isName(token) || !isWord(tokens[at + 1], '(')) return null
  if (token.kind === 'word' && keywords.has(token.text.toLowerCase())) return null
  if (isCommonTable(tokens, at) || isType(tokens, at)) return null
  const verdict = verdictOnFunction(token.value)
  if (verdict === 'allowed') return null
  if (verdict === 'forbidden') return refused(`The function ${token.value} cannot be used.`)
  return rejected(`There is no function ${token.value} in SQLite.`, { name: token.value, kind: 'function' })
}

const maxListed = 200

/** Whether a name stands as in "WITH name (column, …) AS (". */
function isCommonTable(tokens: Token[], at: number): boolean {
  if (!isWord(tokens[at - 1], 'WITH', 'RECURSIVE', ',')) return false
  const listed = tokens.slice(at + 2, at + 2 + maxListed)
  const close = listed.findIndex((token) => !isName(token) && !isWord(token, ','))
  const [end, as, ...rest] = listed.slice(close, close + 5)
  const body = rest.filter((token) => !isWord(token, 'NOT', 'MATERIALIZED'))
  return close >= 0 && isWord(end, ')') && isWord(as, 'AS') && isWord(body[0], '(')
}

/** Whether a name is the type of a CAST, as in "AS varchar(10)" or "AS double precision(8, 2)". */
function isType(tokens: Token[], at: number): boolean {
  const before = tokens.slice(Math.max(0, at - 4), at).map((token) => isWord(token, 'AS'))
  const size = tokens.slice(at + 2, at + 6)
  const close = size.findIndex((token) => isWord(token, ')'))
  const isSize = size.slice(0, close).every(({ kind, text }) => kind === 'number' || text === ',')
  return before.includes(true) && close > 0 && isSize
}
