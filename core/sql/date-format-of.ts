import { foldName } from '#databases/schema/quote-name.ts'
import type { Column, Schema } from '#databases/schema/schema.ts'
import { tableOf } from './query-scope.ts'
import { readScopes } from './read-scopes.ts'
import { referredColumn } from './referred-column.ts'

/** A column as a pattern for SQL: its name, quoted or not, after that of its table where there is one. */
export const COLUMN = String.raw`(?:(?:\w+|"[^"]+")\s*\.\s*)?(?:\b(?!NOT\b)\w+|"[^"]+")`

/**
 * How the dates of the column are stored that a query names at a position of its text; undefined where no table has it, where those that may
 * be meant differ, and for what a sub-query worked out and called so.
 */
export function dateFormatOf(at: number, sql: string, schema: Schema): Column['dateFormat'] {
  const scopes = readScopes(sql)
  const reference = scopes
    .flatMap(({ references }) => references)
    .find(({ qualifier, column }) => (qualifier ?? column).start === at)
  if (!reference) return undefined
  const own = referredColumn(reference, { table: (name) => tableOf(name, schema) ?? undefined })
  if (own) return own.column.dateFormat
  const name = foldName(reference.column.name)
  if (scopes.some(({ aliases }) => aliases.has(reference.column.name.toLowerCase()))) return undefined
  const tables = scopes.flatMap(({ sources }) => sources.map(({ table }) => tableOf(table?.name ?? '', schema)))
  const formats = tables
    .flatMap((table) => table?.columns ?? [])
    .filter((one) => foldName(one.name) === name)
    .map(({ dateFormat }) => dateFormat)
  return new Set(formats).size === 1 ? formats[0] : undefined
}
