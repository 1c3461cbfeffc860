import { parseStatements } from './polyglot.ts'
import { flatSources, type Query, visit } from './query.ts'
import { NotAQuery, readQuery } from './read-query.ts'
import { tokenize } from './sql-tokens.ts'

export type ParsedQuery =
  | { ok: true; query: Query }
  /** not-a-query: it reads as SQL, but is no SELECT, WITH or VALUES. syntax: it cannot be read. */
  | { ok: false; reason: 'not-a-query' | 'syntax'; message: string }

/**
 * Parses one SELECT, WITH or VALUES statement into the typed view of query.ts. Names are not resolved: see
 * `describeQuery` in describe-query.ts for that. Never throws.
 */
export function parseQuery(sql: string): ParsedQuery {
  const parsed = parseStatements(withBlankComments(sql))
  if ('message' in parsed) return { ok: false, reason: 'syntax', message: parsed.message }
  const [statement, ...more] = parsed.statements
  if (statement === undefined) return { ok: false, reason: 'syntax', message: 'There is no statement.' }
  if (more.length > 0) return { ok: false, reason: 'not-a-query', message: 'There is more than one statement.' }
  try {
    const query = readQuery(statement)
    if (/[\ud800-\udfff]/.test(sql)) countInCodeUnits(query, sql)
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

/** Comments as spaces, so that the parser sees them as SQLite does, at the same positions. */
function withBlankComments(sql: string): string {
  let blanked = sql
  for (const { kind, start, end } of tokenize(sql)) {
    if (kind === 'comment') blanked = blanked.slice(0, start) + ' '.repeat(end - start) + blanked.slice(end)
  }
  return blanked
}

/** The parser counts positions in code points; JavaScript's strings do not. */
function countInCodeUnits(query: Query, sql: string): void {
  const offsets: number[] = []
  let offset = 0
  for (const character of sql) {
    offsets.push(offset)
    offset += character.length
  }
  offsets.push(offset)
  for (const node of visit(query)) {
    const named = node.kind === 'select' ? flatSources(node.from) : [node]
    for (const one of named) {
      if (one.kind !== 'table' && one.kind !== 'column') continue
      one.start = offsets[one.start] ?? -1
      one.end = offsets[one.end] ?? -1
    }
  }
}
