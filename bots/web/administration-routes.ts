import { Hono } from 'hono'
import { z } from 'zod'
import type { Administration } from '../desk/administration.ts'
import { type AskerDefaults, askerOf } from './asker-of.ts'
import { notFound } from './http-problem.ts'
import { limitBody, readBody } from './read-body.ts'

type Parts = { administration: Administration; asker: AskerDefaults }

const ids = z.array(z.string().max(200)).max(200)
const grants = z.object({
  people: ids,
  groups: ids,
  channels: ids,
  bound: ids,
  guests: z.boolean(),
  strangers: z.boolean(),
})
const definition = z.object({ term: z.string().max(1_000), meaning: z.string().max(10_000) })
const quota = z.object({
  workspace: z.string().max(300),
  scope: z.enum(['person', 'channel']),
  perDay: z.number().int().min(1).max(1_000_000).nullable(),
  message: z.string().max(1_000),
})

const MOST_DAYS = 3_650

/** Words, verified answers, who may ask in chats, limits and the audit log. Whoever may enter the console may do all of it. */
export function administrationRoutes({ administration, asker }: Parts): Hono {
  const app = new Hono()
  app.use(limitBody)

  app.get('/', (c) => c.json(administration.overview()))

  app.put('/quota', async (c) => {
    const { workspace, scope, perDay, message } = await readBody(c, quota)
    administration.setQuota(workspace, scope, perDay === null ? null : { perDay, message })
    return c.body(null, 204)
  })

  app.get('/audit.csv', (c) => {
    const days = Math.min(MOST_DAYS, Math.max(1, Number.parseInt(c.req.query('days') ?? '', 10) || 30))
    return c.body(`\ufeff${administration.auditCsv(days)}`, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="audit.csv"',
    })
  })

  app.get('/databases/:id', (c) => c.json(administration.database(c.req.param('id'))))

  app.put('/databases/:id/access', async (c) => {
    administration.setAccess(c.req.param('id'), await readBody(c, grants), askerOf(c, asker).id)
    return c.json(administration.database(c.req.param('id')).access)
  })

  app.put('/databases/:id/glossary', async (c) => {
    administration.define(c.req.param('id'), await readBody(c, definition), askerOf(c, asker).id)
    return c.body(null, 204)
  })

  app.delete('/databases/:id/glossary', (c) => {
    if (!administration.undefine(c.req.param('id'), c.req.query('term') ?? '')) throw notFound('such word')
    return c.body(null, 204)
  })

  app.delete('/verified/:id', (c) => {
    if (!administration.unverify(c.req.param('id'))) throw notFound('verified answer')
    return c.body(null, 204)
  })
  return app
}
