import type { Chart } from './reply.ts'

/** The chart in two sentences, for people who cannot see it: what it shows, and where its ends and extremes lie. */
export function describeChart(chart: Omit<Chart, 'alt'>, text: (y: number) => string): string {
  const kind = chart.kind === 'line' ? 'Line chart' : 'Bar chart'
  const highest = chart.points.reduce((best, point) => (point.y > best.y ? point : best))
  const lowest = chart.points.reduce((best, point) => (point.y < best.y ? point : best))
  const name = (point: Chart['points'][number]) => [point.series, when(point.x, chart)].filter(Boolean).join(', ')
  const extremes =
    highest.y === lowest.y
      ? `All are ${text(highest.y)}.`
      : `Highest: ${name(highest)} with ${text(highest.y)}. Lowest: ${name(lowest)} with ${text(lowest.y)}.`
  return `${kind} of ${chart.title}, ${span(chart)}. ${extremes}`
}

function span(chart: Omit<Chart, 'alt'>): string {
  const [first, last] = [chart.points[0], chart.points.at(-1)]
  if (chart.x.type === 'category' || !first || !last) return `${chart.points.length} bars`
  return `${when(first.x, chart)} to ${when(last.x, chart)}`
}

const isoCharacters = { year: 4, month: 7, day: 10, time: 16 }

function when(x: string, chart: Omit<Chart, 'alt'>): string {
  return chart.x.type === 'category' ? x : x.slice(0, isoCharacters[chart.x.unit]).replace('T', ' ')
}
