import type { Context } from 'hono'
import type { ChartLook } from '../reply/vega-lite-spec.ts'

/** How the page wants a chart: theme and width stand in the address. */
export function chartLook(c: Context, locale: string): ChartLook {
  return {
    theme: c.req.query('theme') === 'dark' ? 'dark' : 'light',
    locale,
    widthPx: Math.min(1200, Math.max(240, Number.parseInt(c.req.query('width') ?? '', 10) || 640)),
  }
}

/** A drawing, in which nothing may run. */
export function chartResponse(c: Context, svg: string): Response {
  return c.body(svg, 200, {
    'Content-Type': 'image/svg+xml; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
  })
}
