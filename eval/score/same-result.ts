import type { SqlValue } from '#databases/schema/schema.ts'

/**
 * True if two results agree as Spider's execution accuracy defines it (`result_eq` of taoyds/test-suite-sql-eval): under some order of
 * the columns, as lists where `ordered`, else as bags. Two empty results agree whatever their columns; 1 equals 1.0 but not '1'.
 */
export function sameResult(expected: SqlValue[][], actual: SqlValue[][], ordered: boolean): boolean {
  if (expected.length === 0 && actual.length === 0) return true
  const width = expected[0]?.length
  if (expected.length !== actual.length || width !== actual[0]?.length || width === undefined) return false
  const wanted = expected.map((row) => row.map(valueKey))
  const got = actual.map((row) => row.map(valueKey))
  const wantedRows = rowKeys(wanted, columnsInOrder(width), ordered)
  return columnOrders(wanted, got, width).some((order) => sameKeys(wantedRows, rowKeys(got, order, ordered)))
}

/** Text under which equal values, and only those, are the same: numbers by value, text and blobs by their own kind. */
function valueKey(value: SqlValue): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return `t${value}`
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString('hex')}`
  return `n${Number.isInteger(value) ? BigInt(value as number) : value}`
}

function columnsInOrder(width: number): number[] {
  return Array.from({ length: width }, (_, index) => index)
}

function rowKeys(rows: string[][], order: number[], ordered: boolean): string[] {
  const keys = rows.map((row) => JSON.stringify(order.map((index) => row[index])))
  return ordered ? keys : keys.sort()
}

function sameKeys(left: string[], right: string[]): boolean {
  return left.every((key, index) => key === right[index])
}

/** Orders of the actual columns in which each holds the same bag of values as the expected column it stands for. */
function columnOrders(wanted: string[][], got: string[][], width: number): number[][] {
  const bag = (rows: string[][], column: number) => JSON.stringify(rows.map((row) => row[column]).sort())
  const gotBags = columnsInOrder(width).map((column) => bag(got, column))
  let orders: number[][] = [[]]
  for (let column = 0; column < width; column++) {
    const wantedBag = bag(wanted, column)
    orders = orders.flatMap((order) =>
      gotBags.flatMap((gotBag, index) => (gotBag === wantedBag && !order.includes(index) ? [[...order, index]] : [])),
    )
    // Columns that are all alike (forty columns of NULL) have factorially many orders, and any of them will do.
    if (orders.length > MAX_ORDERS) orders.length = MAX_ORDERS
  }
  return orders
}

const MAX_ORDERS = 5_040
