import type { Chart } from './reply.ts'
import { type ChartLook, vegaLiteSpec } from './vega-lite-spec.ts'

/** Draws a chart as an SVG document. Vega evaluates expressions with `Function`, so this must never run in a browser under our policy. */
export async function renderChart(chart: Chart, look: ChartLook): Promise<string> {
  // Loaded with the first chart: half a second that a start without charts need not spend.
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')])
  const { spec } = vegaLite.compile(vegaLiteSpec(chart, look), { logger: silent })
  const view = new vega.View(vega.parse(spec), { renderer: 'none', logLevel: vega.None, loader: noLoader })
  try {
    return withTitle(await view.toSVG(), chart.alt)
  } finally {
    view.finalize()
  }
}

const refuse = () => Promise.reject(new Error('a chart loads nothing'))
const noLoader = { load: refuse, sanitize: refuse, http: refuse, file: refuse }

const silent = {
  level: () => silent,
  error: () => silent,
  warn: () => silent,
  info: () => silent,
  debug: () => silent,
} as never

function withTitle(svg: string, alt: string): string {
  const text = alt.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return svg.replace(/^(<svg\b[^>]*)>/, `$1 role="img"><title>${text}</title>`)
}
