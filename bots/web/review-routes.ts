import { Hono } from 'hono'
import { z } from 'zod'
import type { Reviews } from '../conversation/reviews.ts'
import { type AskerDefaults, askerOf } from './asker-of.ts'
import { limitBody, readBody } from './read-body.ts'

const newCase = z.object({ sql: z.string().max(20_000) })

/** Answers that somebody found wrong: to be looked at, made a case of the evaluation, or taken off the list. */
export function reviewRoutes({ reviews, asker }: { reviews: Reviews; asker: AskerDefaults }): Hono {
  const app = new Hono()
  app.use(limitBody)
  app.get('/', async (c) => c.json({ reviews: await reviews.list(askerOf(c, asker)) }))
  app.post('/:id/case', async (c) => {
    reviews.makeCase(c.req.param('id'), (await readBody(c, newCase)).sql)
    return c.body(null, 204)
  })
  app.delete('/:id', (c) => {
    reviews.settle(c.req.param('id'))
    return c.body(null, 204)
  })
  return app
}
