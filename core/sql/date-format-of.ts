import { foldName, unquoteName } from '#databases/schema/quote-name.ts'
import type { Column, Schema } from '#databases/schema/schema.ts'
import { tokenizeSql } from './tokenize-sql.ts'

/** A column as a pattern for SQL: its name, quoted or not, after that of its table where there is one. */
export const COLUMN = String.raw`(?:(?:\w+|"[^"]+")\s*\.\s*)?(?:\b(?!NOT\b)\w+|"[^"]+")`

/** How the dates of a column, as a query calls it, are stored; undefined where the tables of the query have no such column, or differ. */
export function dateFormatOf(column: string, sql: string, schema: Schema): Column['dateFormat'] {
  const name = foldName(unquoteName(/(?:\w+|"[^"]+")$/.exec(column)?.[0] ?? ''))
  const used = new Set(tokenizeSql(sql).map((token) => foldName(token.name)))
  const formats = schema.tables
    .filter((table) => used.has(foldName(table.name)))
    .flatMap((table) => table.columns)
    .filter((one) => foldName(one.name) === name)
    .map(({ dateFormat }) => dateFormat)
  return new Set(formats).size === 1 ? formats[0] : undefined
}
