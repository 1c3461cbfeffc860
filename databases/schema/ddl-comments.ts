import { foldName, unquoteName } from './quote-name.ts'
import { readSqlToken } from './sql-token.ts'

/** Comments found in a CREATE TABLE statement; columns by their folded name. */
export type DdlComments = { table?: string; columns: Map<string, string> }

/**
 * Comments inside CREATE TABLE. One that stands on a column's line, or on lines of its own above it, belongs to the
 * column; one beside the opening parenthesis or the table's name belongs to the table.
 */
export function readDdlComments(sql: string): DdlComments {
  const found: DdlComments = { columns: new Map() }
  const state: Reading = { depth: 0, line: 0, column: undefined, columnEndLine: -1, pending: [], expectsName: false }
  for (let at = 0; at < sql.length; ) {
    const token = readSqlToken(sql, at)
    const text = sql.slice(token.start, token.end)
    at = token.end
    if (token.kind === 'comment') readComment(found, state, cleanComment(text))
    else if (token.kind !== 'space') readPiece(found, state, text)
    state.line += text.split('\n').length - 1
  }
  return found
}

type Reading = {
  depth: number
  line: number
  /**
   * Folded name of the column that is being read or was read last; undefined before the first and in table constraints.
   */
  column: string | undefined
  columnEndLine: number
  pending: string[]
  expectsName: boolean
}

const constraintWords = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN'])

function readPiece(found: DdlComments, state: Reading, text: string): void {
  const opensBody = text === '(' && state.depth === 0
  const separates = text === ',' && state.depth === 1
  if (text === '(') state.depth += 1
  if (text === ')') state.depth -= 1
  if (state.expectsName && state.depth === 1 && !separates) {
    startColumn(found, state, text)
    return
  }
  if (opensBody || separates) state.expectsName = true
  state.columnEndLine = state.line
}

function startColumn(found: DdlComments, state: Reading, text: string): void {
  state.expectsName = false
  state.columnEndLine = state.line
  state.column = constraintWords.has(text.toUpperCase()) ? undefined : foldName(unquoteName(text))
  for (const comment of state.pending) addToColumn(found, state.column, comment)
  state.pending = []
}

function readComment(found: DdlComments, state: Reading, comment: string): void {
  if (comment === '') return
  const beforeColumns = state.column === undefined && state.columnEndLine === state.line
  if (state.depth === 0 || (beforeColumns && found.columns.size === 0)) found.table = join(found.table, comment)
  else if (state.columnEndLine === state.line) addToColumn(found, state.column, comment)
  else state.pending.push(comment)
}

function addToColumn(found: DdlComments, column: string | undefined, comment: string): void {
  if (column !== undefined) found.columns.set(column, join(found.columns.get(column), comment))
}

function join(before: string | undefined, comment: string): string {
  return (before === undefined ? comment : `${before} ${comment}`).slice(0, maxCommentChars)
}

// Long enough for an explanation, too short to fill a prompt with.
const maxCommentChars = 200

function cleanComment(text: string): string {
  const inner = text.startsWith('--') ? text.replace(/^-+/, '') : text.replace(/^\/\*+/, '').replace(/\*+\/$/, '')
  return inner
    .replace(/^\s*\*+ ?/gm, '')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, maxCommentChars)
}
