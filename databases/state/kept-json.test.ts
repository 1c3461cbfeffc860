import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rows } from '../sandbox/query-outcome.ts'
import { fromKeptJson, toKeptJson } from './kept-json.ts'

const ALL = { rows: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY }
const roundTrip = (value: unknown, limits = ALL) => fromKeptJson(toKeptJson(value, limits))

describe('kept JSON', () => {
  it('gives back any plain data with 64-bit integers, bytes and infinities', () => {
    const leaf = fc.oneof(
      fc.bigInt(),
      fc.uint8Array(),
      fc.double().map((number) => (Object.is(number, -0) ? 0 : number)),
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      fc.constant(null),
    )
    const key = fc.oneof(fc.string(), fc.constantFrom('$kept', '__proto__', 'kind', 'rows', 'constructor'))
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        leaf,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }))
    fc.assert(
      fc.property(tree, (value) => {
        expect(roundTrip(value)).toEqual(value)
      }),
    )
  })

  it('keeps the smallest and the largest integer of SQLite exactly', () => {
    expect(roundTrip([-(2n ** 63n), 2n ** 63n - 1n])).toEqual([-(2n ** 63n), 2n ** 63n - 1n])
  })

  it('keeps duplicate column names and text with a lone surrogate', () => {
    const rows: Rows = { kind: 'rows', columns: ['a', 'a'], rows: [['\ud800', null]], truncated: true }
    expect(roundTrip(rows)).toEqual(rows)
  })

  it('keeps the first rows only, wherever a result stands', () => {
    const rows: Rows = { kind: 'rows', columns: ['a'], rows: [[1], [2], [3]], truncated: false }
    expect(roundTrip({ deep: [rows] }, { rows: 2, bytes: 1_000 })).toEqual({ deep: [{ ...rows, rows: [[1], [2]] }] })
    expect(roundTrip(rows, { rows: 0, bytes: 1_000 })).toEqual({ ...rows, rows: [] })
  })

  it('keeps no more bytes than it may', () => {
    const rows: Rows = { kind: 'rows', columns: ['a'], rows: [['x'.repeat(60)], ['y'.repeat(60)]], truncated: false }
    expect(roundTrip(rows, { rows: 10, bytes: 100 })).toEqual({ ...rows, rows: [['x'.repeat(60)]] })
    expect(toKeptJson({ ...rows, rows: [['z'.repeat(10_000_000)]] }, { rows: 10, bytes: 1_000 }).length).toBeLessThan(
      200,
    )
  })
})
