import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import type { ReplyTable } from '../reply/reply.ts'
import { testRenderer } from '../testing/renderer-contract.ts'
import { renderReply } from './render-reply.ts'
import { renderTable } from './render-table.ts'

for (const width of [100, 1000]) {
  testRenderer({
    name: `a terminal of ${width} columns`,
    maxColumns: width === 1000 ? 100 : 39,
    async render(reply) {
      const text = renderReply(reply, { width, trace: true })
      const active = text.match(/[^\P{Cc}\n]|\p{Bidi_Control}/gu) ?? []
      return { text, violations: active.map((character) => `active: ${escape(character)}`) }
    },
  })
}

test.each([20, 40, 80])('no line of a table is wider than a terminal of %i columns', (width) => {
  const rows = [
    ['東京都', 'a'.repeat(300), '👩‍👩‍👧‍👦 family', 'x'],
    ['é'.normalize('NFD').repeat(60), '', 'plain', '12345'],
  ]
  const lines = renderTable(table(['名前', 'long', 'emoji', 'n'], rows), width).split('\n')
  for (const line of lines.slice(0, 4)) expect(stringWidth(line)).toBeLessThanOrEqual(width)
})

test('columns stay aligned with wide characters, accents, emoji and empty cells', () => {
  const rows = [
    ['東京', '', '1'],
    ['Zürich', '👍🏽', '1,000'],
    ['', 'x', '20'],
  ]
  const text = renderTable(table(['city', 'mark', 'orders'], rows), 80)
  expect(text.split('\n')).toEqual([
    'city    mark  orders',
    '──────  ────  ──────',
    '東京               1',
    'Zürich  👍🏽     1,000',
    '        x         20',
  ])
})

test('line breaks and tabs in a cell do not break its row', () => {
  expect(renderTable(table(['a', 'b'], [['one\n\ttwo\r\nthree', 'x']]), 80).split('\n')[2]).toBe('one two three  x')
})

test('cells are cut between characters as people see them', () => {
  const text = renderTable(table(['family'], [['👩‍👩‍👧‍👦'.repeat(10)]]), 10)
  expect(text).toContain(`\n${'👩‍👩‍👧‍👦'.repeat(4)}…\n`)
  expect(text).toMatch(/shortened/)
})

function table(names: string[], rows: string[][]): ReplyTable {
  return {
    caption: 'Test',
    columns: names.map((name, at) => ({ name, align: at === names.length - 1 && at > 0 ? 'right' : 'left' })),
    rows: rows.map((row) => row.map((text) => ({ text, sort: text }))),
    rowCount: rows.length,
    columnCount: names.length,
    hasMore: false,
    cut: null,
  }
}
