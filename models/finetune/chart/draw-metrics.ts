import type { TopLevelSpec } from 'vega-lite'
import { z } from 'zod'
import { RowbotError } from '#core/rowbot-error.ts'
import { asJson } from '../export/parse-line.ts'

const measured = z.object({ step: z.number(), loss: z.number().optional(), validation: z.number().optional() })

type Point = { step: number; loss: number; of: 'training' | 'held-back' }

/** Steps over which the training loss is averaged: that of a single pack says little. */
const SMOOTH = 20

/** Draws what a run wrote into metrics.jsonl as SVG: the loss of training, and that on databases that are not trained on. */
export async function drawMetrics(lines: string): Promise<string> {
  const points = pointsOf(lines)
  if (points.length === 0)
    throw new RowbotError({
      code: 'no-metrics',
      message: 'There are no losses in that file.',
      advice: 'Give the metrics.jsonl of a training run.',
    })
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')])
  const view = new vega.View(vega.parse(vegaLite.compile(specOf(points)).spec), { renderer: 'none' })
  try {
    return await view.toSVG()
  } finally {
    view.finalize()
  }
}

/** A run that went on from a checkpoint did some steps twice: the later one counts. A line that was cut off is passed over. */
function pointsOf(lines: string): Point[] {
  const losses = new Map<number, number>()
  const heldBack = new Map<number, number>()
  for (const line of lines.split('\n')) {
    const read = measured.safeParse(asJson(line))
    if (!read.success) continue
    const { step, loss, validation } = read.data
    if (loss !== undefined) losses.set(step, loss)
    if (validation !== undefined) heldBack.set(step, validation)
  }
  const steps = [...losses].sort(([one], [other]) => one - other)
  return [
    ...steps.map(([step], at): Point => ({ step, loss: meanBefore(steps, at), of: 'training' })),
    ...[...heldBack].map(([step, loss]): Point => ({ step, loss, of: 'held-back' })),
  ]
}

function meanBefore(steps: [number, number][], at: number): number {
  const near = steps.slice(Math.max(0, at - SMOOTH + 1), at + 1)
  return near.reduce((sum, [, loss]) => sum + loss, 0) / near.length
}

function specOf(points: Point[]): TopLevelSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 640,
    height: 300,
    background: 'white',
    data: { values: points },
    mark: { type: 'line', interpolate: 'linear' },
    encoding: {
      x: { field: 'step', type: 'quantitative', title: 'step' },
      y: { field: 'loss', type: 'quantitative', title: 'loss (nats a token)' },
      color: { field: 'of', type: 'nominal', title: null, scale: { range: ['#c2570c', '#3257d6'] } },
    },
  }
}
