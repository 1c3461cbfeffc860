import { fileURLToPath } from 'node:url'
import { renderChart } from './render-chart.ts'
import type { Chart } from './reply.ts'

export type ChartImage = { png: Buffer; widthPx: number; heightPx: number }

/** Draws a chart as a PNG on white, sharp on screens of double density, for platforms that show pictures only. */
export async function chartImage(chart: Chart, { locale }: { locale: string }): Promise<ChartImage> {
  const svg = await renderChart(chart, { theme: 'light', locale, widthPx: WIDTH_PX })
  const { renderAsync } = await import('@resvg/resvg-js')
  const image = await renderAsync(svg, {
    background: '#ffffff',
    fitTo: { mode: 'zoom', value: 2 },
    // Without a font of its own resvg leaves out all text and says nothing.
    font: { loadSystemFonts: false, fontFiles: [FONT_FILE], defaultFontFamily: 'DejaVu Sans' },
  })
  return { png: image.asPng(), widthPx: image.width, heightPx: image.height }
}

const WIDTH_PX = 640
const FONT_FILE = fileURLToPath(new URL('fonts/DejaVuSans.ttf', import.meta.url))
