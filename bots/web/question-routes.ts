import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import type { Asker } from '#core/question.ts'
import type { Conversation, Update } from '../conversation/conversation.ts'
import type { Administration } from '../desk/administration.ts'
import type { ChatPreview } from '../reply/preview.ts'
import { renderChart } from '../reply/render-chart.ts'
import type { AnsweredReply, ChartKind } from '../reply/reply.ts'
import { type AskerDefaults, askerOf } from './asker-of.ts'
import { chartLook, chartResponse } from './chart-response.ts'
import { HttpProblem, notFound } from './http-problem.ts'
import type { LiveQuestions } from './live-questions.ts'
import { limitBody, readBody } from './read-body.ts'

type Parts = {
  conversation: Conversation
  live: LiveQuestions
  administration: Pick<Administration, 'verify'>
  previews: ChatPreview[]
  asker: AskerDefaults
}

const id = z.uuid()
const question = z.object({
  id,
  text: z.string(),
  databases: z.array(z.string().max(300)).max(100),
  follows: id.optional(),
})
const edited = z.object({ id, sql: z.string() })
const feedback = z.object({ thumb: z.enum(['up', 'down']).nullable() })

/** Asking, watching, stopping, judging, and looking up earlier questions. */
export function questionRoutes({ conversation, live, administration, previews, asker }: Parts): Hono {
  const app = new Hono()
  app.use(limitBody)

  app.post('/', async (c) => {
    const request = { ...(await readBody(c, question)), asker: askerOf(c, asker) }
    live.start(request.id, (signal) => once(request, () => conversation.ask(request, { signal })))
    return c.json({ id: request.id }, 202)
  })

  app.post('/:id/edited', async (c) => {
    const request = { ...(await readBody(c, edited)), edits: c.req.param('id'), asker: askerOf(c, asker) }
    live.start(request.id, (signal) => once(request, () => conversation.runEdited(request, { signal })))
    return c.json({ id: request.id }, 202)
  })

  /** An id that is known gives its reply again: a page that sends twice, or after a restart, does not ask twice. */
  async function* once(
    request: { id: string; asker: Asker },
    updates: () => AsyncIterable<Update>,
  ): AsyncIterable<Update> {
    const past = await conversation.history.get(request.id, request.asker)
    if (past?.reply) yield { type: 'reply', reply: past.reply }
    else yield* updates()
  }

  app.get('/:id/events', async (c) => {
    const questionId = c.req.param('id')
    const after = Number.parseInt(c.req.header('last-event-id') ?? '-1', 10)
    const past = live.has(questionId) ? null : await conversation.history.get(questionId, askerOf(c, asker))
    if (!live.has(questionId) && !past?.reply) throw notFound('question')
    return streamSSE(c, async (stream) => {
      const gone = new AbortController()
      stream.onAbort(() => gone.abort())
      if (past?.reply)
        return stream.writeSSE({ event: 'reply', data: JSON.stringify({ type: 'reply', reply: past.reply }) })
      // A comment now and then keeps proxies from closing a connection that is merely quiet.
      const pulse = setInterval(() => void stream.write(': still working\n\n'), 15_000)
      try {
        for await (const { number, update } of live.watch(questionId, Number.isNaN(after) ? -1 : after, gone.signal)) {
          await stream.writeSSE({ id: String(number), event: update.type, data: JSON.stringify(update) })
        }
      } finally {
        clearInterval(pulse)
      }
    })
  })

  app.post('/:id/cancel', (c) => c.json({ cancelled: conversation.cancel(c.req.param('id')) }))

  app.put('/:id/feedback', async (c) => {
    const { thumb } = await readBody(c, feedback)
    const person = askerOf(c, asker)
    await conversation.feedback(c.req.param('id'), thumb, person)
    return c.json({ thumb, verified: administration.verify(c.req.param('id'), thumb, person.id) })
  })

  app.get('/:id/rows.csv', async (c) => {
    const { fileName, text } = await conversation.csv(c.req.param('id'), askerOf(c, asker))
    // The mark at the start makes spreadsheets read UTF-8 as UTF-8.
    return c.body(`\ufeff${text}`, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    })
  })

  app.get('/:id/chart.svg', async (c) => {
    const past = await conversation.history.get(c.req.param('id'), askerOf(c, asker))
    const chart = past?.reply?.kind === 'answered' ? past.reply.chart : null
    if (!chart) throw notFound('chart')
    const drawn = await renderChart(withKind(chart, c.req.query('kind')), chartLook(c, askerOf(c, asker).locale))
    return chartResponse(c, drawn)
  })

  app.get('/:id/previews', async (c) => {
    const person = askerOf(c, asker)
    const reply = (await conversation.history.get(c.req.param('id'), person))?.reply
    if (!reply) throw notFound('answer')
    const shown = previews.map(async ({ name, preview }) => ({ name, parts: await preview(reply, person) }))
    return c.json({ previews: await Promise.all(shown) })
  })

  app.get('/', async (c) => {
    const limit = Math.min(200, Math.max(1, Number.parseInt(c.req.query('limit') ?? '', 10) || 50))
    const filter = { asker: askerOf(c, asker), limit, before: c.req.query('before'), search: c.req.query('search') }
    return c.json({ questions: await conversation.history.list(filter) })
  })

  app.get('/:id', async (c) => {
    const past = await conversation.history.get(c.req.param('id'), askerOf(c, asker))
    if (!past) throw notFound('question')
    return c.json(past)
  })

  app.delete('/:id', async (c) => {
    if (live.has(c.req.param('id')) && conversation.cancel(c.req.param('id'))) throw underWay()
    if (!(await conversation.history.remove(c.req.param('id'), askerOf(c, asker)))) throw notFound('question')
    return c.body(null, 204)
  })
  return app
}

function withKind(chart: NonNullable<AnsweredReply['chart']>, asked: string | undefined) {
  const kind: ChartKind | undefined = chart.kinds.find((possible) => possible === asked)
  return kind ? { ...chart, kind } : chart
}

function underWay(): HttpProblem {
  return new HttpProblem(409, {
    code: 'under-way',
    message: 'This question was still being worked on; it has been stopped.',
    advice: 'Remove it again once it has ended.',
  })
}
