import type { Schema } from '../schema/schema.ts'
import { type ParsedQuery, parseQuery } from './parse-query.ts'
import { resolveNames } from './resolve-names.ts'

/**
 * Parses a query and resolves its names: every column reference in it says which column of the schema it is (`source`),
 * through aliases, subqueries and common table expressions. Never throws; names that lead nowhere stay unresolved.
 */
export function describeQuery(sql: string, schema: Schema): ParsedQuery {
  const parsed = parseQuery(sql)
  if (parsed.ok) resolveNames(parsed.query, schema)
  return parsed
}
