import { readSqlToken, type SqlToken } from './sql-token.ts'

/**
 * A statement of a script, without its semicolon and the comments before it. `line` is where it begins, counted from 1.
 */
export type ScriptStatement = { sql: string; line: number }

/**
 * Cuts an SQL script into its statements while it is read piece by piece, so that a dump need not fit in memory.
 * Semicolons in strings, names, comments and in the body of a trigger do not count. Throws a RangeError for a statement
 * of more than `maxStatementChars`.
 */
export function* splitStatements(pieces: Iterable<string>, maxStatementChars = 64e6): Generator<ScriptStatement> {
  const state: Splitting = { text: '', at: 0, begins: -1, line: 1, words: [], previous: '', endsWithEnd: false }
  for (const piece of pieces) {
    state.text += piece
    yield* drain(state, false)
    if (state.text.length > maxStatementChars) throw new RangeError(`the statement at line ${state.line} is too long`)
  }
  yield* drain(state, true)
}

type Splitting = {
  text: string
  at: number
  /** Where the statement begins; -1 between statements. */
  begins: number
  line: number
  /** Its first three words. */
  words: string[]
  previous: string
  /** Its last two tokens are a semicolon and END. */
  endsWithEnd: boolean
}

function* drain(state: Splitting, last: boolean): Generator<ScriptStatement> {
  while (state.at < state.text.length) {
    const token = readSqlToken(state.text, state.at)
    if (!token.closed && !last) return
    state.at = token.end
    yield* take(state, token)
  }
  if (last) yield* finish(state, state.text.length)
}

function* take(state: Splitting, token: SqlToken): Generator<ScriptStatement> {
  const between = state.begins < 0
  if (token.kind === 'space' || token.kind === 'comment') {
    if (between) dropRead(state)
    return
  }
  const text = state.text.slice(token.start, token.end)
  if (text === ';' && !insideTrigger(state)) {
    yield* finish(state, token.start)
    return
  }
  if (between) state.begins = token.start
  noteWord(state, token.kind === 'word' ? text.toUpperCase() : text)
}

function noteWord(state: Splitting, word: string): void {
  if (state.words.length < 3) state.words.push(word)
  state.endsWithEnd = word === 'END' && state.previous === ';'
  state.previous = word
}

// CREATE [TEMP] TRIGGER … BEGIN …; …; END: only a semicolon after `; END` closes it, as in sqlite3_complete().
function insideTrigger({ words, endsWithEnd }: Splitting): boolean {
  const [create, second, third] = words
  const temporary = second === 'TEMP' || second === 'TEMPORARY'
  const isTrigger = create === 'CREATE' && (temporary ? third : second) === 'TRIGGER'
  return isTrigger && !endsWithEnd
}

function* finish(state: Splitting, end: number): Generator<ScriptStatement> {
  if (state.begins >= 0) yield { sql: state.text.slice(state.begins, end).trimEnd(), line: state.line }
  dropRead(state)
  state.begins = -1
  state.words = []
  state.previous = ''
  state.endsWithEnd = false
}

function dropRead(state: Splitting): void {
  const read = state.text.slice(0, state.at)
  state.line += read.split('\n').length - 1
  state.text = state.text.slice(state.at)
  state.at = 0
}
