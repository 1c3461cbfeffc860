import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What the model writes for the last thing that was said to it, several texts where it is asked for several; null: it begins, and then never
 * goes on. Where it throws, the server refuses.
 */
export type Answers = (asked: string) => string | string[] | null

export type ServedModel = {
  /** Address of the API. */
  url: string
  /** The last message of every request, in the order of arrival. */
  asked: string[]
  close(): Promise<void>
}

/** An OpenAI-compatible server on the wire that answers by a script: everything above it is the real program. */
export async function serveModel(answers: Answers, id = 'scripted'): Promise<ServedModel> {
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    if (request.url === '/v1/models') {
      const data = [{ id, object: 'model', created: 1, owned_by: 'llamacpp', meta: { n_ctx: 8192 } }]
      response.setHeader('content-type', 'application/json')
      return response.end(JSON.stringify({ object: 'list', data }))
    }
    const { messages, n = 1 } = await bodyOf(request)
    const question = messages.filter(({ role }) => role === 'user').at(-1)?.content ?? ''
    asked.push(question)
    try {
      stream(response, answers(question), n)
    } catch (error) {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message: String(error) } }))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Body = { messages: { role: string; content: string }[]; n?: number }

async function bodyOf(request: IncomingMessage): Promise<Body> {
  let text = ''
  for await (const piece of request) text += piece
  return JSON.parse(text)
}

function stream(response: ServerResponse, answer: ReturnType<Answers>, count: number): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const send = (choices: object[]) =>
    response.write(
      `data: ${JSON.stringify({ id: '1', object: 'chat.completion.chunk', created: 1, model: 'scripted', choices })}\n\n`,
    )
  if (answer === null) return void send([{ index: 0, delta: { content: 'SELECT' }, finish_reason: null }])
  for (let index = 0; index < count; index++) {
    const text = typeof answer === 'string' ? answer : (answer[index % answer.length] ?? '')
    for (const piece of text.match(/\S+\s*/g) ?? [])
      send([{ index, delta: { content: piece }, logprobs: logProb(piece), finish_reason: null }])
    send([{ index, delta: {}, finish_reason: 'stop' }])
  }
  response.end('data: [DONE]\n\n')
}

function logProb(token: string) {
  return { content: [{ token, logprob: -0.1, bytes: null, top_logprobs: [] }] }
}
