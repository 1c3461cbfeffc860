import { setFlagsFromString } from 'node:v8'

// V8 would compile the parser's large functions again and again to make them faster: 130 MB more memory, and three times
// the time for the few queries that we parse. The flags count when WebAssembly is loaded, hence the import after them.
setFlagsFromString('--no-wasm-tier-up')
setFlagsFromString('--no-wasm-dynamic-tiering')
const { parse, Dialect } = await import('@polyglot-sql/sdk')
setFlagsFromString('--wasm-tier-up')
setFlagsFromString('--wasm-dynamic-tiering')

/** A node of the parser's own tree: an object of one key, the kind of node, over its fields. */
export type Node = Record<string, unknown>

export type ParsedStatements = { statements: Node[] } | { message: string }

/**
 * Parses SQLite's SQL with polyglot. Gives the tree of each statement, or what is wrong in the parser's words. Positions
 * in the tree count code points. Never throws.
 */
export function parseStatements(sql: string): ParsedStatements {
  try {
    const { success, ast, error } = parse(sql, Dialect.SQLite)
    if (!success || !Array.isArray(ast)) return { message: error ?? 'The statement cannot be read.' }
    const statements: Node[] = ast
    if (/\bnot\b/i.test(sql)) restoreNegations(statements, { sql, searched: new Map() })
    return { statements }
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) }
  }
}

/** The SQL, and for each text looked for in it where to look next: the same condition may stand there twice. */
type SearchedText = { sql: string; searched: Map<string, number> }

/**
 * The parser leaves "NOT a LIKE b" as raw text. We parse what stands after the NOT, behind as many spaces as keep its
 * positions true, and put it in the place of the text.
 */
function restoreNegations(value: unknown, text: SearchedText): void {
  if (typeof value !== 'object' || value === null) return
  const node = value as Record<string, unknown>
  const raw = node.raw as { sql?: unknown } | undefined
  const inner = typeof raw?.sql === 'string' ? negated(raw.sql, text) : null
  if (inner !== null) {
    delete node.raw
    node.not = { this: inner }
  }
  for (const child of Object.values(node)) restoreNegations(child, text)
}

const select = 'SELECT '

function negated(raw: string, { sql, searched }: SearchedText): unknown {
  const match = /^not\b/i.exec(raw)
  const start = sql.indexOf(raw, searched.get(raw) ?? 0)
  searched.set(raw, start + 1)
  if (match === null || start < 0) return null
  const codePoint = Array.from(sql.slice(0, start)).length + match[0].length
  const padded = ' '.repeat(Math.max(0, codePoint - select.length)) + select + raw.slice(match[0].length)
  const parsed = parseStatements(padded)
  if (!('statements' in parsed)) return null
  const [statement] = parsed.statements as { select?: { expressions?: unknown[] } }[]
  return statement?.select?.expressions?.[0] ?? null
}
