import type { SqlValue } from '#databases/schema/schema.ts'
import { valueKey } from '../value-key.ts'

/**
 * BIRD's Soft-F1 of two results, from 0 to 1: rows without repetition are compared in the order in which they came, each by the share of its
 * values that the other row has too.
 */
export function softF1(expected: SqlValue[][], actual: SqlValue[][]): number {
  if (expected.length === 0 && actual.length === 0) return 1
  const [wanted, got] = [distinctRows(expected), distinctRows(actual)]
  const total = { both: 0, onlyActual: Math.max(0, got.length - wanted.length), onlyExpected: 0 }
  for (const [at, row] of wanted.entries()) {
    const other = got[at]
    if (other === undefined) total.onlyExpected += 1
    else {
      const has = other.filter((value) => row.includes(value)).length
      total.both += has / row.length
      total.onlyActual += (other.length - has) / row.length
      total.onlyExpected += row.filter((value) => !other.includes(value)).length / row.length
    }
  }
  const precision = total.both / (total.both + total.onlyActual)
  const recall = total.both / (total.both + total.onlyExpected)
  return total.both === 0 ? 0 : (2 * precision * recall) / (precision + recall)
}

function distinctRows(rows: SqlValue[][]): string[][] {
  const keyed = rows.map((row) => row.map(valueKey))
  return [...new Map(keyed.map((row) => [JSON.stringify(row), row])).values()]
}
