import type { SqlValue } from '#databases/schema/schema.ts'
import { columnsMatch } from './columns-match.ts'
import { rowBagsMatch } from './row-bags-match.ts'

/**
 * True if two results agree as Spider's execution accuracy defines it (`result_eq` of taoyds/test-suite-sql-eval): under some order of
 * the columns, as lists where `ordered`, else as bags. Two empty results agree whatever their columns; 1 equals 1.0 but not '1'.
 * Integers are told from reals where they come as bigint.
 */
export function sameResult(expected: SqlValue[][], actual: SqlValue[][], ordered: boolean): boolean {
  if (expected.length === 0 && actual.length === 0) return true
  const width = expected[0]?.length
  if (expected.length !== actual.length || width !== actual[0]?.length || width === undefined) return false
  if (identical(expected, actual)) return true
  return rowBagsMatch(expected, actual, ordered) && columnsMatch(expected, actual, { width, ordered })
}

function identical(expected: SqlValue[][], actual: SqlValue[][]): boolean {
  return expected.every((row, at) => row.every((value, column) => Object.is(value, actual[at]?.[column])))
}
