import type { Schema } from '#databases/schema/schema.ts'
import { dateScore, mainDateColumn, type PeriodHint } from '../linking/link-periods.ts'
import { periodCondition } from '../periods/period-condition.ts'
import { readScopes } from '../sql/read-scopes.ts'
import { type ReferredColumn, referredColumn } from '../sql/referred-column.ts'
import type { SchemaNames } from '../sql/schema-names.ts'
import { isLiteral, literalsOf, tokenizeSql } from '../sql/tokenize-sql.ts'

/** A period of the question on a date that the question is not about: `column` is where the query puts it. */
export type MisplacedPeriod = { hint: PeriodHint; column: ReferredColumn }

type Parts = { question: string; periods: PeriodHint[]; schema: Schema; names: SchemaNames }

/** "best selling products last month" answered by the day on which products were added. Undefined where there is none. */
export function misplacedPeriod(sql: string, { question, periods, schema, names }: Parts): MisplacedPeriod | undefined {
  for (const hint of periods) {
    const columns = comparedColumns(sql, hint, names)
    const isHinted = ({ table, column }: ReferredColumn) =>
      hint.conditions.includes(periodCondition(table, column, hint.period) ?? '')
    const [first] = columns
    if (!first || columns.some(isHinted)) continue
    const best = Math.max(...columns.map(({ table, column }) => dateScore(question, schema, table, column.name)))
    const likeliest = mainDateColumn(question, schema)?.score ?? best
    if (best <= likeliest - LESS_LIKELY) return { hint, column: first }
  }
  return undefined
}

/** So much less about a date a question must be than about the one it is most about; a table that it names counts 3. */
const LESS_LIKELY = 1

/** The date columns that a query compares with where the period begins or ends. */
function comparedColumns(sql: string, { conditions }: PeriodHint, names: SchemaNames): ReferredColumn[] {
  const bounds = new Set(conditions.flatMap(literalsOf))
  const tokens = tokenizeSql(sql)
  const starts = new Set(
    tokens.flatMap((token, at) => (isLiteral(token) && bounds.has(token.name) ? [tokens[at - 2]?.start] : [])),
  )
  return readScopes(sql)
    .flatMap((scope) => scope.references)
    .filter(({ column }) => starts.has(column.start))
    .flatMap((reference) => referredColumn(reference, names) ?? [])
    .filter(({ column }) => column.dateFormat !== undefined)
}
