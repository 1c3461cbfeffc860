import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { GenerateRequest, Generator } from '../generator.ts'
import { connectServer, type ServerOptions } from './connect-server.ts'

type Body = { messages: { role: string; content: string }[]; n?: number; temperature: number; [key: string]: unknown }
type Answer = (response: ServerResponse, body: Body, count: number) => void | Promise<void>

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** An OpenAI-compatible server on the wire: lists one model and answers completions as the test says. */
async function serve(answer: Answer, ownedBy = 'llamacpp', models = ['coder']) {
  const bodies: Body[] = []
  const server = createServer(async (incoming, response) => {
    if (incoming.url === '/v1/models') {
      response.setHeader('content-type', 'application/json')
      const data = models.map((id) => ({ id, object: 'model', created: 1, owned_by: ownedBy, meta: { n_ctx: 2048 } }))
      return response.end(JSON.stringify({ object: 'list', data }))
    }
    bodies.push(await bodyOf(incoming))
    await answer(response, bodies.at(-1) as Body, bodies.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  const connect = async (options: Partial<ServerOptions> = {}): Promise<Generator> => {
    const generator = await connectServer({ baseUrl, ...options })
    closers.unshift(() => generator.close())
    return generator
  }
  return { baseUrl, bodies, connect }
}

async function bodyOf(incoming: IncomingMessage): Promise<Body> {
  let text = ''
  for await (const chunk of incoming) text += chunk
  return JSON.parse(text)
}

function chunk(content: string, { index = 0, logprob, end }: { index?: number; logprob?: number; end?: string } = {}) {
  const logprobs =
    logprob === undefined ? null : { content: [{ token: content, logprob, bytes: null, top_logprobs: [] }] }
  const choices = [{ index, delta: { content }, logprobs, finish_reason: end ?? null }]
  return `data: ${JSON.stringify({ id: '1', object: 'chat.completion.chunk', created: 1, model: 'coder', choices })}\n\n`
}

function stream(response: ServerResponse, ...chunks: string[]) {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const one of chunks) response.write(one)
  response.end('data: [DONE]\n\n')
}

const REQUEST: GenerateRequest = {
  messages: [{ role: 'user', content: 'How many?' }],
  keptMessages: 0,
  count: 1,
  temperature: 0,
  maxTokens: 50,
  stop: [';', '```'],
  prefill: '```sql\n',
}

test('the model, its context and its abilities are taken from the list of the server', async () => {
  const { connect } = await serve(() => {}, 'llamacpp')
  const generator = await connect()
  expect(generator.identity).toMatchObject({ name: 'coder', contextTokens: 2048 })
  expect(generator.capabilities).toEqual({ grammar: true, logProb: true, keepsPrefix: true })
  expect(generator.countTokens('a'.repeat(30))).toBe(10)
})

test('an answer is streamed, ends before a stop text, and carries its log-probability', async () => {
  const { connect, bodies } = await serve((response) =>
    stream(
      response,
      chunk('SELECT ', { logprob: -0.5 }),
      chunk('1', { logprob: -0.25 }),
      chunk(';\n', { logprob: -1 }),
      chunk('more'),
    ),
  )
  const generator = await connect()
  const pieces: string[] = []
  const [answer] = await generator.generate({ ...REQUEST, onText: (piece) => pieces.push(piece) })
  expect(answer).toEqual({ text: 'SELECT 1', logProb: -1.75, tokens: 3, finished: 'stop' })
  expect(pieces.join('')).toBe('SELECT 1')
  expect(bodies[0]?.messages.at(-1)).toEqual({ role: 'assistant', content: '```sql\n' })
  expect(bodies[0]).toMatchObject({ model: 'coder', stream: true, temperature: 0, max_tokens: 50, logprobs: true })
})

test('a server that sends the prefill again before it goes on, in one piece or in several, is understood', async () => {
  const { connect } = await serve((response) =>
    stream(response, chunk('``'), chunk('`sql\n'), chunk('SELECT 1'), chunk('\n```', { end: 'stop' })),
  )
  const pieces: string[] = []
  const generator = await connect()
  const [answer] = await generator.generate({ ...REQUEST, onText: (piece) => pieces.push(piece) })
  expect(answer).toMatchObject({ text: 'SELECT 1\n', finished: 'stop' })
  expect(pieces.join('')).toBe('SELECT 1\n')
})

test('a prompt that the server has no room for is said to be too long', async () => {
  const { connect } = await serve((response) => {
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end('{"error":{"message":"request (3044 tokens) exceeds the available context size (2048 tokens)"}}')
  })
  await expect((await connect()).generate(REQUEST)).rejects.toMatchObject({ code: 'prompt-too-long' })
})

test('a server of an unknown kind gets no prefill; what a chatty model puts around the query is removed', async () => {
  const { connect, bodies } = await serve(
    (response) =>
      stream(response, chunk('Sure! Here you are; enjoy:\n```sql\nSELECT 1;\n'), chunk('```', { end: 'stop' })),
    'someone',
  )
  const generator = await connect()
  const pieces: string[] = []
  const [answer] = await generator.generate({ ...REQUEST, onText: (piece) => pieces.push(piece) })
  expect(answer?.text.trim()).toBe('SELECT 1')
  expect(answer?.logProb).toBeNull()
  expect(pieces.join('')).toBe(answer?.text)
  expect(bodies[0]?.messages.every(({ role }) => role === 'user')).toBe(true)
})

test('the greedy candidate and the samples are asked for apart, and missing samples again', async () => {
  const { connect, bodies } = await serve((response, body) =>
    stream(response, chunk(body.temperature === 0 ? 'greedy' : 'sample', { end: 'stop' })),
  )
  const answers = await (await connect()).generate({ ...REQUEST, count: 3, temperature: 0.8, greedyFirst: true })
  expect(answers.map(({ text }) => text)).toEqual(['greedy', 'sample', 'sample'])
  expect(bodies.map(({ temperature }) => temperature).sort()).toEqual([0, 0.8, 0.8])
  expect(new Set(bodies.filter(({ temperature }) => temperature > 0).map(({ seed }) => seed)).size).toBe(2)
})

test('several choices in one stream are kept apart', async () => {
  const { connect } = await serve((response) =>
    stream(
      response,
      chunk('a', { index: 0 }),
      chunk('x', { index: 1 }),
      chunk('b', { index: 0, end: 'stop' }),
      chunk('y', { index: 1, end: 'length' }),
    ),
  )
  const answers = await (await connect()).generate({ ...REQUEST, count: 2, temperature: 1 })
  expect(answers.map(({ text, finished }) => [text, finished])).toEqual([
    ['ab', 'stop'],
    ['xy', 'length'],
  ])
})

test('a grammar goes to llama-server only; vLLM is told to go on with the last message', async () => {
  const answer: Answer = (response) => stream(response, chunk('x', { end: 'stop' }))
  const llama = await serve(answer, 'llamacpp')
  await (await llama.connect()).generate({ ...REQUEST, grammar: 'root ::= "x"' })
  expect(llama.bodies[0]?.grammar).toBe('root ::= "x"')
  const vllm = await serve(answer, 'vllm')
  const generator = await vllm.connect()
  expect(generator.capabilities.grammar).toBe(false)
  await generator.generate({ ...REQUEST, grammar: 'root ::= "x"' })
  expect(vllm.bodies[0]).toMatchObject({ continue_final_message: true, add_generation_prompt: false })
  expect(vllm.bodies[0]?.grammar).toBeUndefined()
})

test('a server that refuses what it does not know gets a plain request', async () => {
  const { connect, bodies } = await serve((response, body) => {
    if (!('logprobs' in body)) return stream(response, chunk('plain', { end: 'stop' }))
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { message: 'unknown field: logprobs' } }))
  })
  const [answer] = await (await connect()).generate(REQUEST)
  expect(answer).toMatchObject({ text: 'plain', logProb: null })
  expect(bodies).toHaveLength(2)
})

test('429 with Retry-After is waited for and repeated; one that stays is said', async () => {
  const { connect, bodies } = await serve((response, _body, count) => {
    if (count === 2) return stream(response, chunk('at last', { end: 'stop' }))
    response.writeHead(429, { 'retry-after': '0.2', 'content-type': 'application/json' })
    response.end('{"error":{"message":"slow down"}}')
  })
  const started = performance.now()
  const [answer] = await (await connect()).generate(REQUEST)
  expect(answer?.text).toBe('at last')
  expect(performance.now() - started).toBeGreaterThan(190)
  expect(bodies).toHaveLength(2)
  await expect((await connect({ retries: 0 })).generate(REQUEST)).rejects.toMatchObject({
    name: 'ModelError',
    code: 'overloaded',
  })
})

test.each([
  [500, 'server-failed'],
  [401, 'unauthorised'],
  [404, 'unknown-model'],
])('HTTP %i becomes advice', async (status, code) => {
  const { connect } = await serve((response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end('{"error":{"message":"no\\nway"}}')
  })
  const failure = (await connect({ retries: 0 })).generate(REQUEST)
  await expect(failure).rejects.toMatchObject({ name: 'ModelError', code, advice: expect.stringMatching(/\w/) })
})

test.each([
  ['malformed JSON', (response: ServerResponse) => stream(response, 'data: {"choices": [\n\n')],
  ['JSON of another shape', (response: ServerResponse) => stream(response, 'data: {"choices": 7}\n\n')],
  ['a web page', (response: ServerResponse) => response.end('<html>Welcome!</html>')],
  ['an empty stream', (response: ServerResponse) => stream(response)],
  [
    'a stream cut in the middle',
    (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(chunk('SELECT '), () => response.destroy())
    },
  ],
  ['a stream that ends without an end', (response: ServerResponse) => stream(response, chunk('SELECT '))],
])('%s is no answer', async (_name, answer) => {
  const { connect } = await serve((response) => void answer(response))
  const generator = await connect({ retries: 0 })
  await expect(generator.generate({ ...REQUEST, stop: [] })).rejects.toMatchObject({
    name: 'ModelError',
    code: 'bad-response',
  })
})

test('a server that falls silent, before or within its answer, is given up on', async () => {
  const { connect } = await serve(async (response, _body, count) => {
    if (count === 1) return
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(chunk('SELECT '))
    await sleep(5000, undefined, { ref: false })
  })
  const generator = await connect({ timeoutMs: 200, retries: 0 })
  for (const _again of [1, 2])
    await expect(generator.generate(REQUEST)).rejects.toMatchObject({ name: 'ModelError', code: 'timed-out' })
})

test('a slow stream is waited for as long as something comes', async () => {
  const { connect } = await serve(async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const letter of 'abcdef') {
      response.write(chunk(letter))
      await sleep(80)
    }
    response.end(chunk('', { end: 'stop' }))
  })
  expect((await (await connect({ timeoutMs: 300 })).generate(REQUEST))[0]?.text).toBe('abcdef')
})

test('an abort ends the request at once, with its reason, also on the server', async () => {
  let noticed = () => {}
  const gone = new Promise<void>((resolve) => {
    noticed = resolve
  })
  const { connect } = await serve((response) => {
    response.on('close', noticed)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(chunk('SELECT '))
  })
  const abort = new AbortController()
  const generator = await connect()
  const failure = generator.generate({
    ...REQUEST,
    signal: abort.signal,
    onText: () => abort.abort(new Error('enough')),
  })
  await expect(failure).rejects.toThrow('enough')
  await gone
})

test('closing ends what is under way', async () => {
  const { connect } = await serve(() => {})
  const generator = await connect()
  const failure = expect(generator.generate(REQUEST)).rejects.toMatchObject({ code: 'closed' })
  await generator.close()
  await failure
})

test('a host that is not there, and a model that it does not have, are said when connecting', async () => {
  const stopped = await serve(() => {})
  await closers.pop()?.()
  await expect(connectServer({ baseUrl: stopped.baseUrl })).rejects.toMatchObject({
    name: 'ModelError',
    code: 'unreachable',
    message: expect.stringContaining('ECONNREFUSED'),
    advice: expect.stringContaining('ROWBOT_SERVER_URL'),
  })
  const { connect } = await serve(() => {}, 'library', ['coder:latest', 'other:7b'])
  await expect(connect({ model: 'missing' })).rejects.toMatchObject({
    code: 'unknown-model',
    advice: expect.stringContaining('other:7b'),
  })
  expect((await connect({ model: 'coder' })).identity.name).toBe('coder:latest')
  const empty = await serve(() => {}, 'library', [])
  await expect(empty.connect()).rejects.toMatchObject({
    code: 'unknown-model',
    advice: expect.stringContaining('ollama pull'),
  })
})
