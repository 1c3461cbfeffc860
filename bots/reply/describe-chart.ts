import { capitalised } from '#core/format/capitalised.ts'
import type { Chart, TimeUnit } from './reply.ts'

type Words = { locale: string; text: (y: number) => string }
type Bare = Omit<Chart, 'alt' | 'peak'>
type Point = Chart['points'][number]

/** The chart in two sentences, for people who cannot see it: what it shows, and where its ends and extremes lie. */
export function describeChart(chart: Bare, words: Words): string {
  const kind = chart.kind === 'line' ? 'Line chart' : 'Bar chart'
  const { highest, lowest } = extremes(chart)
  const name = (point: Point) => [point.series, sayX(point, chart, words.locale)].filter(Boolean).join(', ')
  const ends =
    highest.y === lowest.y
      ? `All are ${words.text(highest.y)}.`
      : `Highest: ${name(highest)} with ${words.text(highest.y)}. Lowest: ${name(lowest)} with ${words.text(lowest.y)}.`
  return `${kind} of ${chart.title}, ${span(chart, words.locale)}. ${ends}`
}

/** What a reader looks for first, in words: the peak where there is one, all figures where they are few, else the ends. Null for several series. */
export function sayFigures(chart: Bare, words: Words): string | null {
  if (chart.points.some((point) => point.series !== null)) return null
  return sayPeak(chart, words) ?? (chart.points.length <= FEW ? sayAll(chart, words) : sayEnds(chart, words))
}

const FEW = 3

function sayAll(chart: Bare, { locale, text }: Words): string {
  const figures = chart.points.map((point) => `${sayX(point, chart, locale)}: ${text(point.y)}`)
  return `${capitalised(chart.title)}. ${figures.join(', ')}`
}

function sayEnds(chart: Bare, { locale, text }: Words): string {
  const { highest, lowest } = extremes(chart)
  const title = capitalised(chart.title)
  if (highest.y === lowest.y) return `${title}. All are ${text(highest.y)}`
  const end = ({ x, y }: Point) => {
    const others = chart.points.filter((point) => point.y === y && point.x !== x).length
    const also = others > 0 ? ` and ${others} more` : ''
    return `${sayX({ x, y, series: null }, chart, locale)}${also} with ${text(y)}`
  }
  return `${title}. Highest: ${end(highest)}. Lowest: ${end(lowest)}`
}

/** The highest of a time series or of a ranking, the lowest of a ranking from below; null where there is no one such mark. */
function sayPeak(chart: Bare, { locale, text }: Words): string | null {
  const { highest, lowest } = extremes(chart)
  if (chart.points.length < 3 || highest.y === lowest.y) return null
  const rises = chart.points.every((point, at) => at === 0 || point.y >= (chart.points[at - 1]?.y ?? point.y))
  const falls = chart.points.every((point, at) => at === 0 || point.y <= (chart.points[at - 1]?.y ?? point.y))
  if (chart.x.type === 'category' && !rises && !falls) return null
  const isLowest = chart.x.type === 'category' && rises
  const peak = isLowest ? lowest : highest
  if (chart.points.filter((point) => point.y === peak.y).length > 1) return null
  const what = `${isLowest ? 'Lowest' : 'Highest'} ${chart.y.name}`
  const x = sayX(peak, chart, locale)
  if (chart.x.type === 'category') return `${what}: ${x}, ${text(peak.y)}`
  const isSpan = chart.x.unit === 'year' || chart.x.unit === 'month'
  return `${what}: ${text(peak.y)} ${isSpan ? 'in' : 'on'} ${x}`
}

function extremes(chart: Bare): { highest: Point; lowest: Point } {
  return {
    highest: chart.points.reduce((best, point) => (point.y > best.y ? point : best)),
    lowest: chart.points.reduce((best, point) => (point.y < best.y ? point : best)),
  }
}

function span(chart: Bare, locale: string): string {
  const [first, last] = [chart.points[0], chart.points.at(-1)]
  if (chart.x.type === 'category' || !first || !last) return `${chart.points.length} bars`
  return `${sayX(first, chart, locale)} to ${sayX(last, chart, locale)}`
}

const parts: Record<TimeUnit, Intl.DateTimeFormatOptions> = {
  year: { year: 'numeric' },
  month: { month: 'short', year: 'numeric' },
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  time: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
}

function sayX({ x }: Point, chart: Bare, locale: string): string {
  if (chart.x.type === 'category') return x
  return new Intl.DateTimeFormat(locale, { ...parts[chart.x.unit], timeZone: 'UTC' }).format(new Date(x))
}
