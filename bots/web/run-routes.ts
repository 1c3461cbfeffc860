import { Hono } from 'hono'
import type { Evaluations } from '#core/evaluation/evaluations.ts'
import { renderChart } from '../reply/render-chart.ts'
import { chartLook, chartResponse } from './chart-response.ts'
import { notFound } from './http-problem.ts'

/** The runs of the evaluation, to be looked at. */
export function runRoutes({ evaluations, locale }: { evaluations: Evaluations; locale: string }): Hono {
  const app = new Hono()

  app.get('/', (c) => {
    const trend = evaluations.trend()
    return c.json({ runs: evaluations.list(), trend: trend && { title: trend.title, alt: trend.alt } })
  })

  app.get('/trend.svg', async (c) => {
    const trend = evaluations.trend()
    if (!trend) throw notFound('chart')
    return chartResponse(c, await renderChart(trend, chartLook(c, locale)))
  })

  app.get('/:id', (c) => {
    const report = evaluations.report(c.req.param('id'), c.req.query('against') || null)
    if (!report) throw notFound('run')
    return c.json(report)
  })

  app.get('/:id/cases', (c) => c.json({ cases: evaluations.cases(c.req.param('id')) }))

  app.get('/:id/cases/:ordinal', (c) => {
    const ordinal = Number.parseInt(c.req.param('ordinal'), 10)
    const found = Number.isNaN(ordinal) ? null : evaluations.case(c.req.param('id'), ordinal)
    if (!found) throw notFound('question')
    return c.json(found)
  })
  return app
}
