import { describe, expect, it } from 'vitest'
import type { SqlValue } from '#databases/schema/schema.ts'
import { formatValue, type ValueStyle } from './format-value.ts'

function written(value: SqlValue, name = '', style: Partial<ValueStyle> = {}): string {
  const column = name ? { column: { name, type: '' } } : {}
  return formatValue(value, { locale: 'en-GB', ...column, ...style })
}

describe('formatValue', () => {
  it.each<[SqlValue, string]>([
    [null, '—'],
    [0, '0'],
    [-0, '0'],
    [7, '7'],
    [1234567, '1,234,567'],
    [-1234.5, '-1,234.5'],
    [3.14001, '3.14'],
    [0.05, '0.05'],
    [0.000123456, '0.000123'],
    [1e-9, '1E-9'],
    [1e25, '1E25'],
    [9007199254740993n, '9,007,199,254,740,993'],
    [-9223372036854775808n, '-9,223,372,036,854,775,808'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '-∞'],
    [new Uint8Array(12), '(12 bytes)'],
    [new Uint8Array(1), '(1 byte)'],
    [new Uint8Array(0), '(0 bytes)'],
    ['', ''],
    ['Zürich', 'Zürich'],
    ['2026-11-09', '9 Nov 2026'],
    ['2026-11-09 14:05:30', '9 Nov 2026, 14:05'],
    ['2026-11-09T00:00:00Z', '9 Nov 2026'],
    ['2026-02-31', '2026-02-31'],
    ['2026-11', '2026-11'],
    ['a\nb\tc', 'a b c'],
    ['a\u202eb\u0000c\u200b', 'ab c'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
  ])('writes %s as %s', (value, expected) => {
    expect(written(value)).toBe(expected)
  })

  it.each<[string, number, string]>([
    ['year', 2024, '2024'],
    ['birth_year', 1990, '1990'],
    ['Year', 2024, '2024'],
    ['MAX(T1.birth_year)', 1990, '1990'],
    ['id', 12345, '12345'],
    ['customer_id', 12345, '12345'],
    ['CustomerID', 12345, '12345'],
    ['orderNumber', 12345, '12345'],
    ['order_number', 12345, '12345'],
    ['zip', 10115, '10115'],
    ['COUNT(*)', 12345, '12,345'],
    ['number', 12345, '12,345'],
    ['paid', 12345, '12,345'],
    ['total', 12345.6, '12,345.60'],
    ['Unit Price', 9.5, '9.50'],
    ['price', 9, '9'],
    ['SUM(T1.total)', 12.5, '12.50'],
    ['ROUND(AVG("Unit Price"), 2)', 12.5, '12.50'],
    ['SUM(quantity * unit_price)', 12.5, '12.50'],
    ['Debit', 12.5, '12.50'],
    ['AVG(score)', 12.5, '12.5'],
    ['score', 9.5, '9.5'],
    ['latitude', 52.520008, '52.520008'],
  ])('groups digits and writes cents by the name of the column: %s', (name, value, expected) => {
    expect(written(value, name)).toBe(expected)
  })

  it('writes cents of whole amounts beside others that have some', () => {
    expect(written(9, 'price', { cents: true })).toBe('9.00')
    expect(written(12.5, 'price', { cents: true })).toBe('12.50')
  })

  it.each([
    ['en-US', '1,234,567.89', 'Nov 9, 2026'],
    ['de-DE', '1.234.567,89', '9. Nov. 2026'],
    ['fr-FR', '1\u202f234\u202f567,89', '9 nov. 2026'],
    ['en-IN', '12,34,567.89', '9 Nov 2026'],
  ])('writes as people do in %s', (locale, number, date) => {
    expect(written(1234567.89, '', { locale })).toBe(number)
    expect(written('2026-11-09', '', { locale })).toBe(date)
  })

  it('writes epochs as dates in the time zone of the asker', () => {
    const style = (dateFormat: 'epoch-seconds' | 'epoch-milliseconds', timeZone: string) => ({
      timeZone,
      column: { name: 'at', type: 'INTEGER', dateFormat },
    })
    expect(written(1794178800, '', style('epoch-seconds', 'Europe/Berlin'))).toBe('9 Nov 2026')
    expect(written(1794178800, '', style('epoch-seconds', 'UTC'))).toBe('8 Nov 2026, 23:00')
    expect(written(1794178800000n, '', style('epoch-milliseconds', 'Asia/Tokyo'))).toBe('9 Nov 2026, 08:00')
    expect(written(9e18, '', style('epoch-milliseconds', 'UTC'))).toBe('9,000,000,000,000,000,000')
  })

  it('writes every digit where asked to', () => {
    expect(written(1234.56789, 'price', { exact: true })).toBe('1,234.56789')
    expect(written(0.1, 'price', { exact: true })).toBe('0.1')
  })

  it('leaves text alone in a column that holds no dates', () => {
    expect(written('2026-11-09', 'code')).toBe('2026-11-09')
  })
})
