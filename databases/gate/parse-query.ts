import { parserInput } from './parser-input.ts'
import { parseStatements } from './polyglot.ts'
import { flatSources, type Query, visit } from './query.ts'
import { NotAQuery, readQuery } from './read-query.ts'

export type ParsedQuery =
  | { ok: true; query: Query }
  /** not-a-query: it reads as SQL, but is no SELECT, WITH or VALUES. syntax: it cannot be read. */
  | { ok: false; reason: 'not-a-query' | 'syntax'; message: string }

/**
 * Parses one SELECT, WITH or VALUES statement into the typed view of query.ts. Names are not looked up: resolveNames does
 * that. Never throws.
 */
export function parseQuery(sql: string): ParsedQuery {
  const { text, origin } = parserInput(sql)
  const parsed = parseStatements(text)
  if ('message' in parsed) return { ok: false, reason: 'syntax', message: parsed.message }
  const [statement, ...more] = parsed.statements
  if (statement === undefined) return { ok: false, reason: 'syntax', message: 'There is no statement.' }
  if (more.length > 0) return { ok: false, reason: 'not-a-query', message: 'There is more than one statement.' }
  try {
    const query = readQuery(statement)
    restorePositions(query, origin)
    return { ok: true, query }
  } catch (error) {
    if (!(error instanceof NotAQuery)) throw error
    return {
      ok: false,
      reason: 'not-a-query',
      message: `Only SELECT can be run, not ${error.kind.replaceAll('_', ' ')}.`,
    }
  }
}

/** Positions of the parser's input, in code points, become offsets in the SQL. */
function restorePositions(query: Query, origin: number[]): void {
  for (const node of visit(query)) {
    const named = node.kind === 'select' ? flatSources(node.from) : [node]
    for (const one of named) {
      if (one.kind !== 'table' && one.kind !== 'column') continue
      one.start = origin[one.start] ?? -1
      one.end = origin[one.end] ?? -1
    }
  }
}
