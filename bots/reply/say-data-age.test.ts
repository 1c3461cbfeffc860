import { expect, test } from 'vitest'
import { sayDataAge } from './say-data-age.ts'

const asker = { locale: 'en-GB', timeZone: 'America/New_York' }
const shop = { id: 'shop', name: 'shop', dataAsOf: '2026-11-28T02:00:00.000Z' }

test.each([
  [{ ...shop, source: 'upload' as const, latestDay: '2026-11-14' }, 'Data up to 14 Nov 2026'],
  [{ ...shop, source: 'upload' as const, latestDay: null }, 'Uploaded on 27 Nov 2026'],
  [{ ...shop, source: 'path' as const, latestDay: null }, 'File changed on 27 Nov 2026'],
  [shop, 'Data as of 27 Nov 2026'],
  [{ ...shop, dataAsOf: '' }, 'Age of the data unknown'],
])('%o', (database, said) => expect(sayDataAge(database, asker)).toBe(said))
