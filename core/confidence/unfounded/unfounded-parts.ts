import type { Schema } from '#databases/schema/schema.ts'
import { attributesOfOthers } from './attributes-of-others.ts'
import { measuredLabels } from './measured-labels.ts'
import { type AskedFor, unaskedColumns } from './unasked-columns.ts'

/**
 * Parts of a query that question and data do not bear out, as a query has that answers with what is there in place of what is missing: columns
 * that nobody asked for, attributes of another thing, labels taken for amounts.
 */
export function unfoundedParts(asked: AskedFor, sql: string, schema: Schema): string[] {
  return [
    ...unaskedColumns(asked, sql, schema),
    ...attributesOfOthers(asked.question, sql, schema),
    ...measuredLabels(sql, schema),
  ]
}
