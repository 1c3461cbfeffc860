import type { Schema } from '#databases/schema/schema.ts'
import { COLUMN, dateFormatOf } from '../../sql/date-format-of.ts'

/**
 * Tells SQLite's date functions how a column keeps its dates: seconds since 1970 are read as days of a calendar without it, and a year as the
 * number of a day.
 */
export function fixDateCalls(sql: string, schema: Schema): string {
  return sql.replace(CALL, (all, opening: string, column: string, more: string, at: number) => {
    const isTold = /'(?:unixepoch|auto)'/i.test(more)
    switch (dateFormatOf(at + opening.length, sql, schema)) {
      case 'epoch-seconds':
        return isTold ? all : `${opening}${column}, 'unixepoch'${more})`
      case 'epoch-milliseconds':
        return `${opening}${column} / 1000${isTold ? '' : ", 'unixepoch'"}${more})`
      case 'year':
        return more === '' && /'%Y'/.test(opening) ? column : all
      default:
        return all
    }
  })
}

/** strftime('%Y', column, …), date(column, …) and their likes. */
const CALL = new RegExp(
  String.raw`\b(strftime\s*\(\s*'[^']*'\s*,\s*|(?:date|time|datetime|julianday)\s*\(\s*)(${COLUMN})\s*((?:,[^()]*)?)\)`,
  'gi',
)
