import { expect, test } from 'vitest'
import { renderChart } from './render-chart.ts'
import type { Chart } from './reply.ts'

const look = { theme: 'light', locale: 'de-DE', widthPx: 600 } as const

function bars(names: string[]): Chart {
  return {
    kind: 'bar',
    kinds: ['bar'],
    title: 'n by name',
    x: { name: 'name', type: 'category' },
    y: { name: '</text><script>alert(1)</script>' },
    points: names.map((x, at) => ({ x, y: 10_000 - at * 2500, series: null })),
    peak: null,
    alt: 'Bar chart with <b> & "quotes"',
  }
}

test('a chart is an SVG image of about the width asked for, with its description as title', async () => {
  const svg = await renderChart(bars(['a', 'b']), look)
  expect(svg).toMatch(/^<svg[^>]* role="img"[^>]*><title>Bar chart with &lt;b&gt; &amp; "quotes"<\/title>/)
  const width = Number(/width="([\d.]+)"/.exec(svg)?.[1])
  expect(width).toBeGreaterThan(500)
  expect(width).toBeLessThanOrEqual(600)
})

test('numbers on the axes are written in the locale', async () => {
  expect(await renderChart(bars(['a', 'b']), look)).toContain('10.000')
  expect(await renderChart(bars(['a', 'b']), { ...look, locale: 'en-GB' })).toContain('10,000')
})

test('names of months are those of the locale', async () => {
  const points = ['2026-03', '2026-05', '2026-12'].map((month) => ({ x: `${month}-01T00:00:00Z`, y: 3, series: null }))
  const chart: Chart = { ...bars([]), kind: 'bar', x: { name: 'month', type: 'time', unit: 'month' }, points }
  expect(await renderChart(chart, look)).toMatch(/Mär.? 2026/)
})

test('hostile names stay text', async () => {
  const svg = await renderChart(
    bars(['<script>alert(1)</script>', "' + alert(1) + '", "datum['x']", 'a.b[0]', '\u0000']),
    look,
  )
  expect(svg).not.toContain('<script')
  expect(svg).toContain('&lt;script&gt;')
  expect(svg).toContain('a.b[0]')
})

test.each(['line', 'bar'] as const)('a %s chart is drawn in both themes', async (kind) => {
  const points = Array.from({ length: 5 }, (_, at) => ({ x: `2026-01-0${at + 1}T00:00:00Z`, y: at, series: null }))
  const chart: Chart = { ...bars([]), kind, x: { name: 'day', type: 'time', unit: 'day' }, points }
  const [light, dark] = [await renderChart(chart, look), await renderChart(chart, { ...look, theme: 'dark' })]
  expect(light).toContain('#3257d6')
  expect(dark).toContain('#8ba6ff')
})
