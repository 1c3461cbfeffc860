import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { advised } from '#core/rowbot-error.ts'
import { openConsole, type TestConsole, testParts } from '../testing/open-console.ts'
import { startWebConsole } from './start-web-console.ts'

const open: TestConsole[] = []

afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function start(options: Parameters<typeof openConsole>[0] = {}): Promise<TestConsole> {
  const one = await openConsole(options)
  open.push(one)
  return one
}

async function ask(url: string, text: string): Promise<string> {
  const id = crypto.randomUUID()
  const response = await fetch(`${url}/api/questions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, text, databases: [] }),
  })
  expect(response.status).toBe(202)
  return id
}

/** Reads events until one fits, or to the end. */
async function hear(
  url: string,
  id: string,
  { until = () => false, after }: { until?: (type: string) => boolean; after?: number } = {},
) {
  const stop = new AbortController()
  const headers: Record<string, string> = after === undefined ? {} : { 'last-event-id': String(after) }
  const response = await fetch(`${url}/api/questions/${id}/events`, { headers, signal: stop.signal })
  const heard: { number: number; type: string; data: { reply?: { kind: string; reason?: string } } }[] = []
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
      heard.push({ number: Number(field('id')), type: field('event'), data: JSON.parse(field('data')) })
    }
    if (heard.some(({ type }) => until(type))) break
  }
  stop.abort()
  return heard
}

describe('listening', () => {
  test('prints an address that answers', async () => {
    const { url } = await start()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await (await fetch(url)).text()).toContain('<title>Rowbot</title>')
  })

  test.each(['0.0.0.0', '::', '192.168.1.7', 'example.org'])(
    'at %s without a password is refused with advice',
    async (host) => {
      const started = startWebConsole({ ...testParts(), host, port: 0 })
      await expect(started).rejects.toMatchObject({
        code: 'password-needed',
        advice: expect.stringContaining('ROWBOT_PASSWORD'),
      })
    },
  )

  test('behind a proxy without a password is refused too', async () => {
    const started = startWebConsole({ ...testParts(), host: '127.0.0.1', port: 0, publicUrl: 'https://rowbot.example' })
    await expect(started).rejects.toMatchObject({
      code: 'password-needed',
      message: expect.stringContaining('https://rowbot.example'),
    })
    const { url } = await start({ publicUrl: 'http://localhost:8080' })
    expect((await fetch(`${url}/api/databases`)).status).toBe(200)
  })

  test('everywhere, with a password, asks for it', async () => {
    const { url } = await start({ host: '0.0.0.0', password: 'correct horse' })
    const port = new URL(url).port
    expect((await fetch(`http://127.0.0.1:${port}/api/databases`)).status).toBe(401)
    const headers = { authorization: 'Bearer correct horse' }
    expect((await fetch(`http://127.0.0.1:${port}/api/databases`, { headers })).status).toBe(200)
  })

  test('on a port in use says so and what to do', async () => {
    const { url } = await start()
    const error = await startWebConsole({ ...testParts(), host: '127.0.0.1', port: Number(new URL(url).port) }).catch(
      (reason: unknown) => reason,
    )
    expect(advised(error)).toMatchObject({
      code: 'EADDRINUSE',
      message: expect.stringContaining('in use'),
      advice: expect.stringContaining('--port'),
    })
  })
})

describe('a question', () => {
  test('goes on while nobody listens, and is told from where the connection broke', async () => {
    const { url, conversation } = await start({ stepMs: 20 })
    const id = await ask(url, 'How many orders were there last week?')
    const before = await hear(url, id, { until: (type) => type === 'writing' })
    await delay(100)
    const last = before.at(-1)?.number ?? -1
    const rest = await hear(url, id, { after: last })
    expect(rest[0]?.number).toBe(last + 1)
    expect(rest.at(-1)).toMatchObject({ type: 'reply', data: { reply: { kind: 'answered' } } })
    expect(conversation.asked).toHaveLength(1)
  })

  test('can be watched by several at once', async () => {
    const { url } = await start({ stepMs: 5 })
    const id = await ask(url, 'How many orders?')
    const [one, other] = await Promise.all([hear(url, id), hear(url, id)])
    expect(one).toEqual(other)
  })

  test('is stopped', async () => {
    const { url } = await start({ stepMs: 200 })
    const id = await ask(url, 'How many orders?')
    await hear(url, id, { until: (type) => type === 'database' })
    expect(await (await fetch(`${url}/api/questions/${id}/cancel`, { method: 'POST' })).json()).toEqual({
      cancelled: true,
    })
    expect((await hear(url, id)).at(-1)).toMatchObject({ type: 'reply', data: { reply: { reason: 'cancelled' } } })
  })

  test('does not mix with others that are asked at the same time', async () => {
    const { url } = await start({ stepMs: 2 })
    const questions = [
      'How many orders?',
      'Who are the best customers?',
      'How many orders per month?',
      'what is the weather',
    ]
    const ids = await Promise.all(questions.map((text) => ask(url, text)))
    const replies = await Promise.all(ids.map(async (id) => (await hear(url, id)).at(-1)?.data.reply))
    expect(replies).toMatchObject(questions.map((question, at) => ({ question, questionId: ids[at] })))
  })

  test('too many at once are refused with advice', async () => {
    const { url } = await start({ stepMs: 500 })
    for (let at = 0; at < 32; at++) await ask(url, 'How many orders?')
    const body = JSON.stringify({ id: crypto.randomUUID(), text: 'one more', databases: [] })
    const refused = await fetch(`${url}/api/questions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect([refused.status, (await refused.json()).code]).toEqual([429, 'too-many-questions'])
  })
})

describe('closing', () => {
  test('ends what is being worked on, tells those who listen, and frees the port', async () => {
    const one = await openConsole({ stepMs: 300 })
    const id = await ask(one.url, 'How many orders?')
    const heard = hear(one.url, id)
    await delay(50)
    await one.close()
    expect((await heard).at(-1)).toMatchObject({ type: 'reply', data: { reply: { reason: 'cancelled' } } })
    await expect(fetch(one.url)).rejects.toThrow()
  })

  test('does not wait for connections that are kept open', async () => {
    const one = await openConsole()
    const socket = request(`${one.url}/`, { headers: { connection: 'keep-alive' } })
    socket.on('error', () => undefined)
    socket.end()
    await delay(50)
    const before = performance.now()
    await one.close()
    expect(performance.now() - before).toBeLessThan(3000)
  })
})

test('a client that goes away in mid-upload leaves no file behind', async () => {
  const { url, uploadDir } = await start()
  const upload = request(`${url}/api/uploads?name=x.db`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'content-length': 100_000 },
  })
  upload.on('error', () => undefined)
  upload.write('half of it')
  await delay(100)
  upload.destroy()
  await delay(200)
  expect(readdirSync(uploadDir)).toEqual([])
})

test('a port that something else than a console holds is said to be in use as well', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as { port: number }
  await expect(startWebConsole({ ...testParts(), host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
  other.close()
})
