import type { Table } from '#databases/schema/schema.ts'
import { applyEdits, type Edit } from '../../sql/apply-edits.ts'
import { same } from '../../sql/query-scope.ts'
import { quoteName } from '../../sql/quote-name.ts'
import { type Reference, readScopes } from '../../sql/read-scopes.ts'
import { referredColumn } from '../../sql/referred-column.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'
import { words } from '../../words/split-words.ts'

/** What a table has for the amount of one row where it holds how many were sold, and for how much a piece. */
export function quantityAndPrice({ columns }: Table): { quantity: string; price: string } | undefined {
  const find = (is: (said: string[]) => boolean) => columns.find(({ name }) => is(words(name)))?.name
  const [quantity, price] = [find(isQuantitySold), find((said) => PIECE_PRICE.test(said.join('')))]
  return quantity !== undefined && price !== undefined ? { quantity, price } : undefined
}

/** The price of one piece: "total_price", "order_price" and "net price" are what a row comes to. */
const PIECE_PRICE =
  /^(?:unit|item|list|sales?|selling|sold|retail|base|product|piece|purchase)?price(?:(?:at|of|on|per).+|each)?$/

function isQuantitySold(said: string[]): boolean {
  return said.some((word) => /quantity|qty/.test(word)) && !said.some((word) => KEPT.test(word))
}

/** How many lie in store, and how many should. */
const KEPT =
  /stock|hand|inventory|available|warehouse|store|reorder|backorder|minimum|maximum|^(?:min|max|reserved|returned|refunded)$/

/** A row that says what was sold, rather than what there is to sell: it is dated or points to it, and nothing points to it. */
function isSaleLine({ name, columns, foreignKeys }: Table, { tables }: SchemaNames): boolean {
  const isPointedTo = tables.some((table) => table.foreignKeys.some(({ references }) => references.table === name))
  return !isPointedTo && (foreignKeys.length > 0 || columns.some(({ dateFormat }) => dateFormat !== undefined))
}

/**
 * "top 5 products by revenue" with the prices of single pieces added up: where the table says how many pieces a row is about, each price is
 * taken so many times. Stays as it is where the question is not about takings, or where the query knows of the quantity.
 */
export function priceTimesQuantity(
  sql: string,
  question: string,
  names: SchemaNames,
): { sql: string; notes: string[] } {
  if (!TAKINGS.test(question)) return { sql, notes: [] }
  const edits = readScopes(sql).flatMap(({ references }) =>
    references.flatMap((one) => timesQuantity(sql, one, names) ?? []),
  )
  const notes = edits.length > 0 ? ['Prices were taken times the quantity sold.'] : []
  return { sql: applyEdits(sql, edits), notes }
}

/** Puts the quantity beside a price of which nothing but the sum is taken. */
function timesQuantity(sql: string, reference: Reference, names: SchemaNames): Edit | undefined {
  const { qualifier, column } = reference
  const table = names.table(referredColumn(reference, names)?.table ?? '')
  const pair = table && isSaleLine(table, names) ? quantityAndPrice(table) : undefined
  if (!pair || !same(pair.price, column.name)) return undefined
  if (sql.toLowerCase().includes(pair.quantity.toLowerCase())) return undefined
  const start = (qualifier ?? column).start
  if (!/\bsum\s*\(\s*$/i.test(sql.slice(0, start)) || !/^\s*\)/.test(sql.slice(column.end))) return undefined
  const before = qualifier ? `${sql.slice(qualifier.start, qualifier.end)}.` : ''
  return { start: column.end, end: column.end, text: ` * ${before}${quoteName(pair.quantity)}` }
}

const TAKINGS =
  /\b(?:revenues?|turnover|takings|sales (?:amount|volume|value)|spen[dt]|spending|earn(?:ed|s|ings)?|best[- ]selling)\b/i
