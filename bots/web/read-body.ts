import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { z } from 'zod'
import { HttpProblem } from './http-problem.ts'

const maxBytes = 512 * 1024

/** Refuses bodies larger than any form of ours needs; uploads have a limit of their own. */
export const limitBody = bodyLimit({
  maxSize: maxBytes,
  onError: () => {
    throw new HttpProblem(413, {
      code: 'too-large',
      message: 'That is more text than the console takes at once.',
      advice: 'Shorten it. Data belong into a file: drop it on the page.',
    })
  },
})

/** The request's JSON body, checked. Other content types are refused, since a browser sends those across sites without asking. */
export async function readBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw new HttpProblem(415, badRequest('a body of type application/json is expected'))
  }
  const body: unknown = await c.req.json().catch(() => undefined)
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new HttpProblem(400, badRequest(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`))
}

function badRequest(detail: string) {
  return {
    code: 'bad-request',
    message: `The console did not understand this request (${detail}).`,
    advice: 'Reload the page: it may be older than the server.',
  }
}
