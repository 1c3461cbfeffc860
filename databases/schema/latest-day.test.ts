import { expect, test } from 'vitest'
import { latestDay } from './latest-day.ts'
import type { Column } from './schema.ts'

const uploaded = '2026-11-28T09:00:00.000Z'

function dayOf(...columns: [name: string, dateFormat: Column['dateFormat'], max: string | number][]): string | null {
  const described = columns.map(([name, dateFormat, max]): Column => {
    return { name, type: '', notNull: false, values: [], valuesComplete: false, dateFormat, range: { min: max, max } }
  })
  const table = { name: 't', kind: 'table' as const, columns: described, rowCount: 1 }
  return latestDay({ tables: [{ ...table, primaryKey: [], foreignKeys: [], uniqueKeys: [], indexes: [] }] }, uploaded)
}

test('the latest of all dates counts, however it is stored', () => {
  expect(dayOf(['order_date', 'date', '2026-11-14'], ['paid_at', 'datetime', '2026-11-15 08:00:00'])).toBe('2026-11-15')
  expect(dayOf(['created', 'epoch-seconds', 1_763_640_000])).toBe('2025-11-20')
  expect(dayOf(['created', 'epoch-milliseconds', 1_763_640_000_000])).toBe('2025-11-20')
})

test('plans, years, births and deadlines tell nothing', () => {
  expect(dayOf(['order_date', 'date', '2026-11-14'], ['delivery', 'date', '2027-03-01'])).toBe('2026-11-14')
  expect(dayOf(['Due Date', 'date', '2026-11-20'], ['dateOfBirth', 'date', '2006-01-01'])).toBeNull()
  expect(dayOf(['year', 'year', 2024], ['amount', undefined, 20261114])).toBeNull()
})

test('a file of a day that began earlier elsewhere is up to date', () => {
  expect(dayOf(['order_date', 'date', '2026-11-29'])).toBe('2026-11-29')
})
