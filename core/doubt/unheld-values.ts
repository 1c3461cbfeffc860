import { quoteName, quoteText } from '#databases/schema/quote-name.ts'
import type { AskedDatabase } from '../asked-database.ts'
import type { UnknownValue } from '../fit/values/fix-literals.ts'
import { type Reference, readScopes } from '../sql/read-scopes.ts'
import { referredColumn } from '../sql/referred-column.ts'
import { schemaNames } from '../sql/schema-names.ts'

/** How long each text is looked for, and how many are: a filter by more is a list that somebody has written out. */
const DEADLINE_MS = 300
const MOST = 3

/**
 * Texts that a query compares columns of many values with and that no row of them holds, in capitals or not: what a column of few values does
 * not hold is known without looking. Where looking takes too long nothing is said.
 */
export async function unheldValues(sql: string, database: AskedDatabase, signal: AbortSignal): Promise<UnknownValue[]> {
  const names = schemaNames(database.schema)
  const compared = readScopes(sql)
    .flatMap(({ references }) => references)
    .flatMap((reference) => comparedTexts(reference, names))
  const different = new Map(compared.map((one) => [JSON.stringify(one), one])).values()
  const unheld: UnknownValue[] = []
  for (const one of [...different].slice(0, MOST)) {
    const { table, column, value } = one
    const query = `SELECT 1 FROM ${quoteName(table)} WHERE ${quoteName(column)} = ${quoteText(value)} COLLATE NOCASE LIMIT 1`
    const { outcome } = await database.run(query, { deadlineMs: DEADLINE_MS, maxRows: 1, signal })
    if (outcome.kind === 'rows' && outcome.rows.length === 0) unheld.push(one)
  }
  return unheld
}

/** The texts in `= 'a'` and `IN ('a', 'b')` where the column holds texts, and more than the schema lists. */
function comparedTexts(reference: Reference, names: ReturnType<typeof schemaNames>): UnknownValue[] {
  const referred = referredColumn(reference, names)
  if (!referred || referred.column.valuesComplete || referred.column.dateFormat) return []
  if (!referred.column.values.some((value) => typeof value === 'string')) return []
  const { table, column } = referred
  return reference.literals
    .filter(({ kind, name }) => kind !== 'number' && name !== '' && !/[%_]/.test(name))
    .map(({ name }) => ({ table, column: column.name, value: name }))
}
