import { setFlagsFromString } from 'node:v8'

// V8 would compile the parser's large functions again and again to make them faster: 130 MB more memory, and three times
// the time for the few queries that we parse. The flags must stand before WebAssembly is loaded, and stay: V8 asks them all along.
setFlagsFromString('--no-wasm-tier-up')
setFlagsFromString('--no-wasm-dynamic-tiering')
const { parse, Dialect } = await import('@polyglot-sql/sdk')

/** A node of the parser's own tree: an object of one key, the kind of node, over its fields. */
export type Node = Record<string, unknown>

/**
 * Parses SQLite's SQL with polyglot. Gives the tree of each statement, or what is wrong in the parser's words. Positions
 * in the tree count code points. Never throws.
 */
export function parseStatements(sql: string): { statements: Node[] } | { message: string } {
  try {
    const { success, ast, error } = parse(sql, Dialect.SQLite)
    return success && Array.isArray(ast) ? { statements: ast } : { message: error ?? 'The statement cannot be read.' }
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) }
  }
}
