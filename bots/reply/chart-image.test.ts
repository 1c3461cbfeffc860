import { expect, test } from 'vitest'
import { chartImage } from './chart-image.ts'
import type { Chart } from './reply.ts'

function bars(names: string[]): Chart {
  return {
    kind: 'bar',
    kinds: ['bar'],
    title: 'n by name',
    x: { name: 'name', type: 'category' },
    y: { name: 'n' },
    points: names.map((x, at) => ({ x, y: 10 - at, series: null })),
    peak: null,
    alt: 'Bar chart',
  }
}

const look = { locale: 'en-GB' }

test('a chart is a PNG of about twice the width at which it is read', async () => {
  const { png, widthPx, heightPx } = await chartImage(bars(['a', 'b']), look)
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16)).toBe(widthPx)
  expect(widthPx).toBeGreaterThan(1000)
  expect(widthPx).toBeLessThanOrEqual(1280)
  expect(heightPx).toBeGreaterThan(100)
})

// Labels of the same length leave the same room, so that only the letters themselves can make the difference.
test.each([
  ['Latin', 'Ada', 'Eve'],
  ['Greek', 'Άδα', 'Εύα'],
  ['Cyrillic', 'Ада', 'Ева'],
  ['Arabic', 'عدا', 'حوا'],
])('%s letters are really drawn', async (_, one, other) => {
  const drawn = await Promise.all(
    [one, other, '\u00a0\u00a0\u00a0'].map(async (name) => (await chartImage(bars([name, 'b']), look)).png),
  )
  expect(new Set(drawn.map((png) => png.toString('base64'))).size).toBe(3)
})

test('the same chart gives the same picture', async () => {
  const [one, other] = [await chartImage(bars(['a', 'b']), look), await chartImage(bars(['a', 'b']), look)]
  expect(one.png.equals(other.png)).toBe(true)
})
