import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SqlValue } from '#core/answer.ts'
import { toCsv } from './to-csv.ts'

test('quotes, commas and line breaks are quoted, lines end with CRLF, NULL and the empty text differ', () => {
  expect(
    toCsv({
      columns: ['a', 'b,c'],
      rows: [
        ['say "hi"', 'two\nlines'],
        [null, ''],
      ],
    }),
  ).toBe('a,"b,c"\r\n"say ""hi""","two\nlines"\r\n,""\r\n')
})

test('numbers are written as they are, however large, also negative ones', () => {
  expect(
    toCsv({ columns: ['n'], rows: [[-5], [1.5], [2n ** 63n - 1n], ['-12.50'], ['+3'], [new Uint8Array([0, 255])]] }),
  ).toBe('n\r\n-5\r\n1.5\r\n9223372036854775807\r\n-12.50\r\n+3\r\n0x00ff\r\n')
})

test.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '\n=1', '+49 30 1234'])(
  '%j is no formula',
  (text) => {
    const [, [cell]] = parse(toCsv({ columns: ['c'], rows: [[text]] }), { record_delimiter: '\r\n' }) as string[][] as [
      string[],
      [string],
    ]
    expect(cell).toBe(`'${text}`)
  },
)

test('a heading is no formula either', () => {
  expect(toCsv({ columns: ['=1'], rows: [] })).toBe("'=1\r\n")
})

test('whatever is written can be read again', () => {
  const value: fc.Arbitrary<SqlValue> = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.constant(null))
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 1 }), (rows) => {
      const read = parse(toCsv({ columns: ['a', 'b'], rows }), { record_delimiter: '\r\n' }) as string[][]
      expect(read.slice(1).map((row) => row.map((cell) => cell.replace(/^'/, '')))).toEqual(
        rows.map((row) => row.map((cell) => String(cell ?? '').replace(/^'/, ''))),
      )
    }),
  )
})
