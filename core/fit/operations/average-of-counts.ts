import { readScopes } from '../../sql/read-scopes.ts'
import { referredColumn } from '../../sql/referred-column.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'

/**
 * "the mean number of orders per customer" asks for one number, and a small model lists the number of each customer, or the mean of their
 * ids. The query that takes the mean of the counts; null where the question or the query is of another kind.
 */
export function averageOfCounts(sql: string, question: string, names: SchemaNames): string | null {
  if (!MEAN_COUNT.test(question) || (question.match(EACH) ?? []).length !== 1) return null
  const { items, rest } = GROUPED.exec(sql)?.groups ?? {}
  const [figure, ...others] = (items ?? '').match(/\b\w+\s*\(/g) ?? []
  if (!rest || !figure || others.length > 0 || /\b(?:HAVING|LIMIT|UNION|INTERSECT|EXCEPT|OVER)\b/i.test(sql))
    return null
  if (!/^count\b/i.test(figure) && !(/^avg\b/i.test(figure) && averagesKey(sql, names))) return null
  return `SELECT avg(n) FROM (SELECT count(*) AS n ${rest.trim()})`
}

const MEAN_COUNT = /\b(?:average|mean|avg\.?)\s+(?:number|count|no\.?)\s+of\b.+\b(?:per|each|every)\b/i
const EACH = /\b(?:per|each|every|by)\b/gi
/** One SELECT without another in it. */
const GROUPED =
  /^\s*SELECT\s+(?!DISTINCT)(?<items>(?:(?!\bSELECT\b|\bFROM\b).)*?)\s+(?<rest>FROM\b(?:(?!\bSELECT\b).)*?\bGROUP\s+BY\b(?:(?!\bSELECT\b).)*?)(?:\s+ORDER\s+BY\b(?:(?!\bSELECT\b).)*)?;?\s*$/is

/** Whether what a query takes the mean of is a key, of which there is none. */
function averagesKey(sql: string, names: SchemaNames): boolean {
  const averaged = readScopes(sql)[0]?.references.find(({ qualifier, column }) =>
    /\bavg\s*\(\s*$/i.test(sql.slice(0, (qualifier ?? column).start)),
  )
  const found = averaged && referredColumn(averaged, names)
  const table = found && names.table(found.table)
  const keys = table ? [table.primaryKey, ...table.foreignKeys.map(({ columns }) => columns)] : []
  return keys.some((columns) => columns.includes(found?.column.name ?? ''))
}
