import type { SqlValue } from '#databases/schema/schema.ts'
import { valueKey } from './value-key.ts'

type Column = Uint32Array

/** Rows told apart by the columns placed so far: each row's class, and how many rows each class has. */
type Classes = { of: Uint32Array; sizes: number[] }

/**
 * True if some order of the actual columns makes the rows equal: in their order where `ordered`, else as bags. Columns are placed one after
 * another, and a beginning whose rows do not agree is not gone on with.
 */
export function columnsMatch(
  expected: SqlValue[][],
  actual: SqlValue[][],
  { width, ordered }: { width: number; ordered: boolean },
): boolean {
  const numbers = new Map<string, number>()
  const wanted = columnsOf(expected, width, numbers)
  const got = columnsOf(actual, width, numbers)
  // Columns that are alike (forty columns of NULL) can stand for one another: one of them is tried.
  const kinds = new Map(got.map((column) => [column, got.find((other) => sameNumbers(other, column))]))
  const values = numbers.size

  const place = (at: number, wantedRows: Classes, gotRows: Classes, free: Column[]): boolean => {
    const column = wanted[at]
    if (column === undefined) return true
    const known = new Map<number, number>()
    const wantedNext = refine(wantedRows, column, { values, known, mayGrow: true })
    const oneOfEach = new Map(free.map((candidate) => [kinds.get(candidate), candidate]))
    return [...oneOfEach.values()].some((candidate) => {
      const gotNext = refine(gotRows, candidate, { values, known, mayGrow: false })
      if (wantedNext === null || gotNext === null || !agree(wantedNext, gotNext, ordered)) return false
      const rest = free.filter((other) => other !== candidate)
      return place(at + 1, wantedNext, gotNext, rest)
    })
  }
  const together = { of: new Uint32Array(expected.length), sizes: [expected.length] }
  return place(0, together, together, got)
}

function columnsOf(rows: SqlValue[][], width: number, numbers: Map<string, number>): Column[] {
  return Array.from({ length: width }, (_, column) =>
    Uint32Array.from(rows, (row) => {
      const key = valueKey(row[column] ?? null)
      const number = numbers.get(key) ?? numbers.size
      numbers.set(key, number)
      return number
    }),
  )
}

/** Splits classes by one more column. Null where a row falls into none of the `known` ones. */
function refine(
  rows: Classes,
  column: Column,
  { values, known, mayGrow }: { values: number; known: Map<number, number>; mayGrow: boolean },
): Classes | null {
  const of = new Uint32Array(column.length)
  const sizes: number[] = []
  for (const [row, value] of column.entries()) {
    const key = (rows.of[row] ?? 0) * values + value
    const index = known.get(key) ?? (mayGrow ? known.size : null)
    if (index === null) return null
    known.set(key, index)
    of[row] = index
    sizes[index] = (sizes[index] ?? 0) + 1
  }
  return { of, sizes }
}

function agree(wanted: Classes, got: Classes, ordered: boolean): boolean {
  if (ordered) return sameNumbers(wanted.of, got.of)
  return wanted.sizes.every((size, index) => size === got.sizes[index])
}

function sameNumbers(one: Uint32Array, other: Uint32Array): boolean {
  return one.every((number, at) => number === other[at])
}
