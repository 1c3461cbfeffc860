import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SqlValue } from '#databases/schema/schema.ts'
import { sameResult } from './same-result.ts'

describe('sameResult follows the reference', () => {
  const cases: [string, SqlValue[][], SqlValue[][], boolean, boolean][] = [
    ['both empty', [], [], false, true],
    [
      'columns swapped',
      [
        [1, 'a'],
        [2, 'b'],
      ],
      [
        ['b', 2],
        ['a', 1],
      ],
      false,
      true,
    ],
    ['an extra column', [[1]], [[1, 2]], false, false],
    ['row order where it counts', [[1], [2]], [[2], [1]], true, false],
    ['row order where it does not', [[1], [2]], [[2], [1]], false, true],
    ['duplicates count', [[1], [1], [2]], [[1], [2], [2]], false, false],
    ['1 and 1.0', [[1n]], [[1]], false, true],
    ['1 and its text', [[1]], [['1']], false, false],
    ['null and the text null', [[null]], [['null']], false, false],
    ['text and blob', [['a']], [[new Uint8Array([97])]], false, false],
    ['integers beyond 2^53', [[9007199254740993n]], [[9007199254740992n]], false, false],
    [
      'same bags per column, different rows',
      [
        [1, 'a'],
        [2, 'b'],
      ],
      [
        [1, 'b'],
        [2, 'a'],
      ],
      false,
      false,
    ],
    ['one empty', [], [[1]], false, false],
  ]
  test.each(cases)('%s', (_, expected, actual, ordered, same) => {
    expect(sameResult(expected, actual, ordered)).toBe(same)
  })

  const value: fc.Arbitrary<SqlValue> = fc.constantFrom<SqlValue[]>(null, 0n, 1n, 2n, 1, 1.5, '1', 'a', '')
  const rows = fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.array(fc.array(value, { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 8,
    }),
  )

  test('forty columns of nothing are compared at once', () => {
    const row: SqlValue[] = Array(40).fill(null)
    expect(sameResult([row, [...row.slice(1), 1n]], [row, [1n, ...row.slice(1)]], true)).toBe(true)
    expect(sameResult([row, [...row.slice(1), 1n]], [[2n, ...row.slice(1)], row], false)).toBe(false)
  })

  test('shuffled rows and columns agree; a dropped row never does', () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (table, random) => {
        const order = shuffled(table[0]?.map((_, index) => index) ?? [], random)
        const other = shuffled(table, random).map((row) => order.map((index) => row[index] as SqlValue))
        expect(sameResult(table, other, false)).toBe(true)
        expect(sameResult(table, other.slice(1), false)).toBe(false)
      }),
    )
  })
})

function shuffled<T>(items: T[], random: Iterator<number>): T[] {
  return items
    .map((item) => ({ item, key: random.next().value as number }))
    .sort((left, right) => left.key - right.key)
    .map(({ item }) => item)
}
