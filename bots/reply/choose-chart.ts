import type { Rows, SqlValue } from '#core/answer.ts'
import { columnLabel } from '#core/format/column-label.ts'
import { describeChart, sayFigures } from './describe-chart.ts'
import { readTimes } from './read-times.ts'
import type { Chart, ChartKind } from './reply.ts'
import { visibleText } from './visible-text.ts'

/** What a chart is made of: `text` formats a value for its column. */
export type ChartSource = {
  rows: Rows
  asked: ChartKind | null
  locale: string
  text: (value: SqlValue, column: number) => string
}

/**
 * A chart where it says more than the table: a number over time as a line, a number per category as bars.
 * Null for a single value, for rows that were cut off (half a picture misleads), for several measures with scales of their own,
 * and for so many categories that nobody could read them, unless a chart was asked for.
 */
export function chooseChart({ rows, asked, locale, text }: ChartSource): Chart | null {
  if (rows.truncated || rows.rows.length < 2) return null
  const shape = findShape(rows, asked !== null)
  if (!shape) return null
  const chart = shape.times ? overTime(rows, shape, asked) : perCategory(rows, shape, text, asked !== null)
  if (!chart) return null
  const words = { locale, text: (y: number) => text(y, shape.measure) }
  return { ...chart, peak: sayFigures(chart, words), alt: describeChart(chart, words) }
}

type Times = NonNullable<ReturnType<typeof readTimes>>
type Shape = { x: number[]; measure: number; series: number | null; times: Times | null }
type Bare = Omit<Chart, 'alt' | 'peak'>

const maxLinePoints = 2000
const maxSeries = 6
const maxBars = { byItself: 25, whenAsked: 60 }

/** Which columns are the axis, the measure and the series; null where the columns do not fit any chart. */
function findShape({ columns, rows }: Rows, isAsked: boolean): Shape | null {
  const kinds = columns.map((name, at) =>
    kindOf(
      name,
      rows.map((row) => row[at] ?? null),
    ),
  )
  const measures = indexes(kinds, 'measure')
  const measure = measures.at(-1)
  if (measure === undefined || (measures.length > 1 && !isAsked)) return null
  const times = indexes(kinds, 'time')
  const categories = indexes(kinds, 'category')
  const [time] = times
  if (time !== undefined && times.length === 1 && categories.length <= 1) {
    const read = readTimes(
      columns[time] ?? '',
      rows.map((row) => row[time] ?? null),
    )
    return { x: [time], measure, series: categories[0] ?? null, times: read }
  }
  // Two columns of text are one label where they are a name in two parts.
  const areOneName = categories.length === 2 && categories.every((at) => /name/i.test(columns[at] ?? ''))
  if (categories.length === 1 || areOneName)
    return times.length ? null : { x: categories, measure, series: null, times: null }
  const [id] = indexes(kinds, 'id')
  return categories.length === 0 && times.length === 0 && id !== undefined
    ? { x: [id], measure, series: null, times: null }
    : null
}

type ColumnKind = 'measure' | 'time' | 'category' | 'id' | 'unfit'

function kindOf(name: string, values: SqlValue[]): ColumnKind {
  const present = values.filter((value) => value !== null)
  if (present.length === 0 || present.some((value) => value instanceof Uint8Array)) return 'unfit'
  if (present.length === values.length && readTimes(name, values)) return 'time'
  if (present.every((value) => typeof value !== 'string')) {
    return /(^|_)id$|(?<=[a-z])I[dD]$|^rowid$/.test(name) || /^id$/i.test(name) ? 'id' : 'measure'
  }
  return present.every((value) => typeof value === 'string') ? 'category' : 'unfit'
}

function indexes(kinds: ColumnKind[], wanted: ColumnKind): number[] {
  return kinds.flatMap((kind, at) => (kind === wanted ? [at] : []))
}

function overTime({ columns, rows }: Rows, shape: Shape, asked: ChartKind | null): Bare | null {
  const { times, series, measure } = shape
  if (!times || rows.length > maxLinePoints) return null
  const points = rows
    .map((row, at) => ({
      x: times.values[at] ?? '',
      y: numberOf(row[measure]),
      series: series === null ? null : labelOf(row[series] ?? null),
    }))
    .filter((point) => Number.isFinite(point.y))
    .sort((a, b) => (a.x < b.x ? -1 : Number(a.x > b.x)))
  const moments = new Set(points.map((point) => point.x))
  const isTwice = new Set(points.map((point) => `${point.x} ${point.series}`)).size < points.length
  if (moments.size < 3 || isTwice || new Set(points.map((point) => point.series)).size > maxSeries) return null
  const kinds: ChartKind[] = moments.size <= maxBars.whenAsked && series === null ? ['line', 'bar'] : ['line']
  const kind = asked && kinds.includes(asked) ? asked : 'line'
  return {
    kind,
    kinds,
    ...titles(columns, shape),
    x: { name: axis(columns, shape), type: 'time', unit: times.unit },
    points,
  }
}

function perCategory({ columns, rows }: Rows, shape: Shape, text: ChartSource['text'], isAsked: boolean): Bare | null {
  if (rows.length > (isAsked ? maxBars.whenAsked : maxBars.byItself)) return null
  const points = rows
    .map((row) => ({
      x: shape.x.map((at) => (row[at] === null ? '(empty)' : visibleText(text(row[at] ?? null, at)))).join(' '),
      y: numberOf(row[shape.measure]),
      series: null,
    }))
    .filter((point) => Number.isFinite(point.y))
  if (points.length < 2 || new Set(points.map((point) => point.x)).size < points.length) return null
  return {
    kind: 'bar',
    kinds: ['bar'],
    ...titles(columns, shape),
    x: { name: axis(columns, shape), type: 'category' },
    points,
  }
}

function titles(columns: string[], shape: Shape): { title: string; y: { name: string } } {
  const measure = columnLabel(columns[shape.measure] ?? '')
  const by = shape.series === null ? '' : ` and ${columnLabel(columns[shape.series] ?? '')}`
  return { title: `${measure} by ${axis(columns, shape)}${by}`, y: { name: measure } }
}

function axis(columns: string[], shape: Shape): string {
  return shape.x.map((at) => columnLabel(columns[at] ?? '')).join(' and ')
}

function labelOf(value: SqlValue): string {
  return value === null ? '(empty)' : visibleText(String(value))
}

function numberOf(value: SqlValue | undefined): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN
}
