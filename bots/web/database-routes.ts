import type { ReadableStream } from 'node:stream/web'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Conversation } from '../conversation/conversation.ts'
import { type AskerDefaults, askerOf } from './asker-of.ts'
import { HttpProblem } from './http-problem.ts'
import { limitBody, readBody } from './read-body.ts'
import type { Uploads } from './uploads.ts'

type Parts = { conversation: Conversation; uploads: Uploads; asker: AskerDefaults }

const uploadIds = z.array(z.uuid()).min(1).max(50)
const newDatabase = z.object({ name: z.string().max(200), description: z.string().max(2000), uploads: uploadIds })
const newData = z.object({ uploads: uploadIds })

/** Databases and the files they are made of. A file comes first, as the body of a request of its own; then what it is for. */
export function databaseRoutes({ conversation: { databases }, uploads, asker }: Parts): Hono {
  const app = new Hono()

  app.post('/uploads', async (c) => {
    // A type that no HTML form can send, so that another site cannot make a browser upload without asking us.
    if (c.req.header('content-type') !== 'application/octet-stream') throw wrongType()
    const name = (c.req.query('name') ?? '').slice(0, 255)
    const body = c.req.raw.body as ReadableStream<Uint8Array> | null
    const file = await uploads.receive(name, body, c.req.raw.signal)
    return c.json({ id: file.id, name: file.name, bytes: file.bytes }, 201)
  })

  app.use('/databases/*', limitBody)
  app.get('/databases', async (c) => c.json({ databases: await databases.list(askerOf(c, asker)) }))

  app.post('/databases', limitBody, async (c) => {
    const { uploads: ids, ...meta } = await readBody(c, newDatabase)
    const summary = await uploads.spend(ids, (files) =>
      databases.add({ ...meta, files, asker: askerOf(c, asker) }, { signal: c.req.raw.signal }),
    )
    return c.json(summary, 201)
  })

  app.get('/databases/:id', async (c) => c.json(await databases.show(c.req.param('id'), askerOf(c, asker))))

  app.get('/databases/:id/rows', async (c) => {
    return c.json(await databases.sampleRows(c.req.param('id'), c.req.query('table') ?? '', askerOf(c, asker)))
  })

  app.put('/databases/:id/data', async (c) => {
    const { uploads: ids } = await readBody(c, newData)
    const summary = await uploads.spend(ids, (files) =>
      databases.replace(c.req.param('id'), { files, asker: askerOf(c, asker) }),
    )
    return c.json(summary)
  })

  app.delete('/databases/:id', async (c) => {
    await databases.remove(c.req.param('id'), askerOf(c, asker))
    return c.body(null, 204)
  })
  return app
}

function wrongType(): HttpProblem {
  return new HttpProblem(415, {
    code: 'bad-request',
    message: 'A file is expected as a body of type application/octet-stream.',
    advice: 'Reload the page: it may be older than the server.',
  })
}
