import { expect, test } from 'vitest'
import { drawMetrics } from './draw-metrics.ts'

const line = (values: object) => JSON.stringify(values)

test('draws both losses of a run, steps that were done again once, and passes over a line that was cut off', async () => {
  const lines = [
    line({ step: 1, of: 4, loss: 2 }),
    line({ step: 2, of: 4, loss: 99 }),
    '{"step": 3, "lo',
    line({ step: 2, of: 4, loss: 1.5 }),
    line({ step: 2, validation: 1.2 }),
    line({ step: 4, of: 4, loss: 1 }),
    line({ step: 4, validation: 0.9 }),
  ]
  const svg = await drawMetrics(lines.join('\n'))
  expect(svg).toMatch(/^<svg[^>]* xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  expect(svg).toContain('held-back')
  expect(svg).toContain('loss (nats a token)')
  // The loss that was overwritten would stretch the axis.
  expect(svg).not.toMatch(/>(?:50|100)</)
  expect(svg).not.toMatch(/href=|<image/)
})

test('a file without losses is no run', async () => {
  await expect(drawMetrics('')).rejects.toThrow('no losses')
})
