import type { TopLevelSpec } from 'vega-lite'
import type { Chart, TimeUnit } from './reply.ts'
import { vegaLocale } from './vega-locale.ts'

export type ChartTheme = 'light' | 'dark'

export type ChartLook = { theme: ChartTheme; locale: string; widthPx: number }

/**
 * A chart as a Vega-Lite specification. Fields have fixed names and all texts are plain data, so that nothing that comes from a
 * database can be read as an expression or a path; a locale's number signs and month names are part of it.
 */
export function vegaLiteSpec(chart: Chart, look: ChartLook): TopLevelSpec {
  const colors = palette[look.theme]
  const isTime = chart.x.type === 'time'
  const values = chart.points.map(({ x, y, series }) => ({ x: isTime ? Date.parse(x) : x, y, series: series ?? '' }))
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: chart.alt,
    width: look.widthPx,
    ...(isTime ? { height: 260 } : { height: { step: 30 } }),
    background: 'transparent',
    padding: 4,
    autosize: { type: 'fit-x', contains: 'padding' },
    data: { values },
    ...(isTime ? timeLayers(chart, colors) : bars(chart, colors)),
    config: configOf(colors, look.locale),
  } as TopLevelSpec
}

/** Counts get no ticks between whole numbers. */
function valueAxis({ points }: Chart): object {
  return { tickCount: 5, domain: false, ...(points.every(({ y }) => Number.isInteger(y)) ? { tickMinStep: 1 } : {}) }
}

type Palette = { text: string; muted: string; grid: string; mark: string; series: string[] }

// Series colours: Okabe and Ito's palette for colour-blind readers, lightness fitted to each background.
const palette: Record<ChartTheme, Palette> = {
  light: {
    text: '#1c2430',
    muted: '#566072',
    grid: '#e3e7ee',
    mark: '#3257d6',
    series: ['#3257d6', '#c2570c', '#00795c', '#9b3f86', '#8a6a00', '#0a7ba8'],
  },
  dark: {
    text: '#e8ecf4',
    muted: '#a4aec0',
    grid: '#2c3444',
    mark: '#8ba6ff',
    series: ['#8ba6ff', '#f5a05c', '#4fd1aa', '#e08fcb', '#e6c64d', '#67c7ee'],
  },
}

function bars(chart: Chart, colors: Palette): object {
  return {
    mark: { type: 'bar', color: colors.mark, cornerRadiusEnd: 3, height: { band: 0.68 } },
    encoding: {
      y: {
        field: 'x',
        type: 'nominal',
        sort: null,
        title: null,
        axis: { labelLimit: 190, ticks: false, domain: false, labelPadding: 8 },
      },
      x: { field: 'y', type: 'quantitative', title: chart.y.name, axis: valueAxis(chart) },
    },
  }
}

function timeLayers(chart: Chart, colors: Palette): object {
  const unit = chart.x.type === 'time' ? chart.x.unit : 'day'
  const hasSeries = chart.points.some((point) => point.series !== null)
  const moments = new Set(chart.points.map((point) => point.x)).size
  const x =
    chart.kind === 'bar'
      ? {
          field: 'x',
          type: 'ordinal',
          timeUnit: binUnits[unit],
          title: null,
          axis: { format: formats[unit], labelAngle: 0, labelOverlap: true },
        }
      : {
          field: 'x',
          type: 'temporal',
          scale: { type: 'utc' },
          title: null,
          axis: { format: formats[unit], labelOverlap: true, tickCount: Math.min(moments, 8), grid: false },
        }
  return {
    mark:
      chart.kind === 'bar'
        ? { type: 'bar', color: colors.mark, cornerRadiusEnd: 3 }
        : {
            type: 'line',
            color: colors.mark,
            strokeWidth: 2.5,
            strokeJoin: 'round',
            point: moments <= 40 ? { size: 36, filled: true, ...(hasSeries ? {} : { color: colors.mark }) } : false,
          },
    encoding: {
      x,
      y: { field: 'y', type: 'quantitative', title: chart.y.name, axis: valueAxis(chart) },
      ...(hasSeries
        ? {
            color: {
              field: 'series',
              type: 'nominal',
              title: null,
              scale: { range: colors.series },
              sort: null,
              legend: { orient: 'top' },
            },
          }
        : {}),
    },
  }
}

const formats: Record<TimeUnit, string> = { year: '%Y', month: '%b %Y', day: '%-d %b %Y', time: '%-d %b %H:%M' }
const binUnits: Record<TimeUnit, string> = {
  year: 'utcyear',
  month: 'utcyearmonth',
  day: 'utcyearmonthdate',
  time: 'utcyearmonthdatehoursminutes',
}

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'

function configOf(colors: Palette, locale: string): object {
  return {
    font,
    locale: vegaLocale(locale),
    view: { stroke: null },
    axis: {
      labelColor: colors.muted,
      titleColor: colors.muted,
      titleFontWeight: 'normal',
      labelFontSize: 12,
      titleFontSize: 12,
      gridColor: colors.grid,
      domainColor: colors.grid,
      tickColor: colors.grid,
    },
    legend: { labelColor: colors.text, labelFontSize: 12, labelLimit: 160 },
  }
}
