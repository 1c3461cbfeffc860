import { expect, test } from 'vitest'
import { fitTable, shortText } from './fit-table.ts'
import { toTable } from './to-table.ts'

const roomy = { maxRows: 100, maxColumns: 100, maxCellCharacters: 100, maxCharacters: 100_000 }

function table(rowCount: number, columnCount: number, truncated = false, text = 'x') {
  const columns = Array.from({ length: columnCount }, (_, at) => `c${at}`)
  const rows = Array.from({ length: rowCount }, () => columns.map(() => text))
  return toTable({ kind: 'rows', columns, rows, truncated }, { caption: 'rows', text: String })
}

test('what fits is left alone', () => {
  expect(fitTable(table(3, 3), roomy, 'en')).toEqual(table(3, 3))
})

test.each([
  [table(2000, 2), { ...roomy, maxRows: 10 }, 'Showing the first 10 of 2,000 rows.'],
  [table(2000, 2, true), { ...roomy, maxRows: 10 }, 'Showing the first 10 of more than 2,000 rows.'],
  [table(5, 2, true), roomy, 'Showing the first 5 rows; there are more in the database.'],
  [table(5, 40), { ...roomy, maxColumns: 20 }, 'Showing the first 20 of 40 columns.'],
  [
    table(50, 40),
    { ...roomy, maxColumns: 20, maxRows: 5 },
    'Showing the first 5 of 50 rows, and the first 20 of 40 columns.',
  ],
  [table(1, 1, false, 'long'.repeat(50)), roomy, 'Long texts are shortened.'],
  [table(100, 1, false, 'ten letters'), { ...roomy, maxCharacters: 50 }, 'Showing the first 4 of 100 rows.'],
])('what is cut is said (%#)', (whole, limits, words) => {
  expect(fitTable(whole, limits, 'en').cut).toBe(words)
})

test('one row always remains', () => {
  expect(fitTable(table(3, 3), { ...roomy, maxCharacters: 1 }, 'en').rows).toHaveLength(1)
})

test('a text is shortened between characters as people see them', () => {
  expect(shortText('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 2)).toBe('👩‍👩‍👧‍👦…')
  expect(shortText('abc', 3)).toBe('abc')
  expect(shortText('abcd', 3)).toBe('ab…')
})
