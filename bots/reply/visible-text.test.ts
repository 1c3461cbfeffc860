import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnLabel } from '#core/format/column-label.ts'
import { visibleText } from './visible-text.ts'

test('control characters become pictures, direction overrides go, text of all scripts stays', () => {
  expect(visibleText('a\u0000b\u001b[31m\u007f')).toBe('a␀b␛[31m␡')
  expect(visibleText('x\u202ey\u2066z\u0085')).toBe('x\ufffdy\ufffdz\ufffd')
  expect(visibleText('two\nlines\tטקסט 👩‍👧 e\u0301')).toBe('two\nlines\tטקסט 👩‍👧 e\u0301')
  expect(visibleText('half \ud83d')).toBe('half \ufffd')
})

test('nothing that steers a terminal remains of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      expect(visibleText(text)).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/)
    }),
  )
})

test.each([
  ['total_revenue', 'total revenue'],
  ['COUNT(*)', 'count'],
  ['count(DISTINCT o.id)', 'count'],
  ['SUM(p.amount)', 'total amount'],
  ['sum(order_items.unit_price * order_items.quantity)', 'total of unit price × quantity'],
  ['SUM(total)', 'total'],
  ['AVG("unit price")', 'average unit price'],
  ["strftime('%Y', x)", 'year of x'],
  ["strftime('%Y-%m', payments.paid_at)", 'month of paid at'],
  ["strftime('%W', x)", "strftime('%W', x)"],
  ['', '(no name)'],
  ['_', '_'],
])('column %j reads %j', (name, label) => {
  expect(columnLabel(name)).toBe(label)
})
