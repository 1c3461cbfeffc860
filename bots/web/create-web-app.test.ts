import { existsSync, readdirSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testParts } from '../testing/open-console.ts'
import { createWebApp, type WebApp } from './create-web-app.ts'

const host = '127.0.0.1:4680'
let parts: ReturnType<typeof testParts>
let app: WebApp

beforeEach(() => {
  parts = testParts()
  app = createWebApp({ ...parts, isLocalOnly: true, port: 4680 })
})

afterEach(async () => {
  await app.close({ graceMs: 100 })
  rmSync(parts.uploadDir, { recursive: true, force: true })
})

type Sent = { method?: string; headers?: Record<string, string>; json?: unknown; body?: BodyInit; through?: WebApp }

async function send(path: string, { method = 'GET', headers = {}, json, body, through = app }: Sent = {}) {
  const response = await through.request(path, {
    method,
    headers: { host, ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(json === undefined ? (body === undefined ? {} : { body }) : { body: JSON.stringify(json) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) }
}

async function ask(text: string, more: object = {}): Promise<string> {
  const id = crypto.randomUUID()
  const { status } = await send('/api/questions', { method: 'POST', json: { id, text, databases: ['shop'], ...more } })
  expect(status).toBe(202)
  return id
}

function events(text: string): { type: string; [key: string]: unknown }[] {
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ''))
}

describe('a question', () => {
  test('is asked, watched to its reply, and found again with its trace', async () => {
    const id = await ask('How many orders were there last week?')
    const heard = events((await send(`/api/questions/${id}/events`)).text)
    expect(heard.map(({ type }) => type).filter((type, at, all) => type !== all[at - 1])).toEqual([
      'database',
      'tables',
      'writing',
      'running',
      'attempt',
      'reply',
    ])
    expect(heard.at(-1)).toMatchObject({ reply: { kind: 'answered', questionId: id } })
    expect((await send(`/api/questions/${id}`)).json()).toMatchObject({
      id,
      reply: { sql: expect.stringContaining('SELECT COUNT(*)'), attempts: [{ label: 'First try' }] },
    })
    expect((await send('/api/questions?search=LAST')).json().questions).toMatchObject([{ id, status: 'answered' }])
    expect((await send('/api/questions?search=nobody')).json().questions).toEqual([])
  })

  test('is shown as the chats would show its reply', async () => {
    const id = await ask('How many orders?')
    await send(`/api/questions/${id}/events`)
    expect((await send(`/api/questions/${id}/previews`)).json().previews).toMatchObject([
      { name: 'Chat', parts: [{ kind: 'text', text: expect.stringContaining('1,284') }, {}, { kind: 'buttons' }] },
    ])
    expect((await send(`/api/questions/${crypto.randomUUID()}/previews`)).status).toBe(404)
  })

  test('that is sent twice is asked once, also after its end', async () => {
    const id = await ask('How many orders?')
    const again = { method: 'POST', json: { id, text: 'How many orders?', databases: [] } }
    expect((await send('/api/questions', again)).status).toBe(202)
    await send(`/api/questions/${id}/events`)
    const restarted = createWebApp({ ...parts, isLocalOnly: true, port: 4680 })
    await send('/api/questions', { ...again, through: restarted })
    const heard = events((await send(`/api/questions/${id}/events`, { through: restarted })).text)
    expect(heard).toMatchObject([{ type: 'reply', reply: { questionId: id } }])
    expect(parts.conversation.asked).toHaveLength(1)
  })

  test('is watched again from where the connection broke', async () => {
    const id = await ask('How many orders?')
    const all = events((await send(`/api/questions/${id}/events`)).text)
    const rest = events((await send(`/api/questions/${id}/events`, { headers: { 'last-event-id': '3' } })).text)
    expect(rest).toEqual(all.slice(4))
    expect(parts.conversation.asked).toHaveLength(1)
  })

  test('knows its asker: language and time zone of the browser, or what is set', async () => {
    const id = crypto.randomUUID()
    const headers = { 'accept-language': 'de-CH,de;q=0.9', 'x-time-zone': 'Asia/Tokyo' }
    await send('/api/questions', { method: 'POST', headers, json: { id, text: 'a', databases: [] } })
    await ask('b')
    await send('/api/questions', {
      method: 'POST',
      headers: { 'accept-language': '!!', 'x-time-zone': 'Nowhere/Land' },
      json: { id: crypto.randomUUID(), text: 'c', databases: [] },
    })
    expect(parts.conversation.asked.map(({ asker }) => [asker.locale, asker.timeZone])).toEqual([
      ['de-CH', 'Asia/Tokyo'],
      ['en-GB', 'UTC'],
      ['en-GB', 'UTC'],
    ])
  })

  test('that breaks says what happened and what to do', async () => {
    const id = await ask('break it')
    expect(events((await send(`/api/questions/${id}/events`)).text)).toMatchObject([
      {
        type: 'failed',
        problem: { code: 'model-gone', message: 'The model has stopped.', advice: 'Start Rowbot again.' },
      },
    ])
  })

  test('can be judged, deleted, and its SQL edited and run', async () => {
    const id = await ask('How many orders?')
    await send(`/api/questions/${id}/events`)
    expect((await send(`/api/questions/${id}/feedback`, { method: 'PUT', json: { thumb: 'down' } })).status).toBe(200)
    expect((await send(`/api/questions/${id}`)).json().thumb).toBe('down')
    const edited = crypto.randomUUID()
    expect(
      (await send(`/api/questions/${id}/edited`, { method: 'POST', json: { id: edited, sql: 'SELECT 1 AS one' } }))
        .status,
    ).toBe(202)
    const heard = events((await send(`/api/questions/${edited}/events`)).text)
    expect(heard.at(-1)).toMatchObject({ reply: { attempts: [{ label: 'As given' }] } })
    expect((await send(`/api/questions/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await send(`/api/questions/${id}`)).status).toBe(404)
    expect((await send(`/api/questions/${id}`, { method: 'DELETE' })).status).toBe(404)
  })

  test('gives its rows as CSV that a spreadsheet reads, formulas disarmed', async () => {
    const id = await ask('show the hostile notes')
    await send(`/api/questions/${id}/events`)
    const { headers, text } = await send(`/api/questions/${id}/rows.csv`)
    expect(headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''answer%20%C3%A4.csv")
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(text).toContain(`"'=HYPERLINK(""http://example.com"",""click"")"`)
  })

  test('gives its chart as an image that can run nothing', async () => {
    const id = await ask('How many orders per month?')
    await send(`/api/questions/${id}/events`)
    const { headers, text, status } = await send(`/api/questions/${id}/chart.svg?theme=dark&kind=bar&width=999999`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'")
    expect(text).toContain('#8ba6ff')
    const other = await ask('How many orders?')
    await send(`/api/questions/${other}/events`)
    expect((await send(`/api/questions/${other}/chart.svg`)).status).toBe(404)
  })

  test.each([
    [{ text: 'x', databases: [] }, 'id'],
    [{ id: 'not-a-uuid', text: 'x', databases: [] }, 'id'],
    [{ id: crypto.randomUUID(), databases: [] }, 'text'],
    [{ id: crypto.randomUUID(), text: 'x', databases: 'shop' }, 'databases'],
  ])('that is malformed is refused and says where (%#)', async (json, field) => {
    const { status, json: body } = await send('/api/questions', { method: 'POST', json })
    expect(status).toBe(400)
    expect(body()).toMatchObject({ code: 'bad-request', message: expect.stringContaining(field) })
  })

  test('that nobody asked is not there', async () => {
    expect((await send(`/api/questions/${crypto.randomUUID()}/events`)).status).toBe(404)
    expect((await send(`/api/questions/${crypto.randomUUID()}/cancel`, { method: 'POST' })).json()).toEqual({
      cancelled: false,
    })
  })
})

describe('databases', () => {
  async function upload(content: string, name = 'sales.csv'): Promise<string> {
    const { json, status } = await send(`/api/uploads?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: content,
    })
    expect(status).toBe(201)
    return json().id
  }

  test('are listed, shown and sampled', async () => {
    expect((await send('/api/databases')).json().databases).toMatchObject([{ id: 'shop', source: 'sample' }])
    expect((await send('/api/databases/shop')).json().tables).toHaveLength(2)
    expect((await send('/api/databases/shop/rows?table=customers')).json().rows).toHaveLength(1)
    expect((await send('/api/databases/nothing')).json()).toMatchObject({ code: 'not-found' })
  })

  test('are added from uploads, which are deleted afterwards', async () => {
    const uploads = [await upload('a,b\n1,2'), await upload('c\n3', 'größe.csv')]
    expect(readdirSync(parts.uploadDir)).toHaveLength(2)
    const { status, json } = await send('/api/databases', {
      method: 'POST',
      json: { name: 'sales', description: '', uploads },
    })
    expect(status).toBe(201)
    expect(json()).toMatchObject({ name: 'sales', tableCount: 2 })
    expect(readdirSync(parts.uploadDir)).toEqual([])
  })

  test('that cannot be read are refused with advice, and the file is deleted', async () => {
    const uploads = [await upload('broken file')]
    const { status, json } = await send('/api/databases', {
      method: 'POST',
      json: { name: 'x', description: '', uploads },
    })
    expect(status).toBe(422)
    expect(json()).toEqual({
      code: 'not-a-database',
      message: 'sales.csv is not a database.',
      advice: expect.any(String),
    })
    expect(readdirSync(parts.uploadDir)).toEqual([])
    expect(
      (await send('/api/databases', { method: 'POST', json: { name: 'x', description: '', uploads } })).json(),
    ).toMatchObject({ code: 'upload-gone' })
  })

  test('get new data, and are removed', async () => {
    const { json } = await send('/api/databases/shop/data', { method: 'PUT', json: { uploads: [await upload('x')] } })
    expect(json()).toMatchObject({ dataAge: 'Data up to 20 Nov 2026' })
    expect((await send('/api/databases/shop', { method: 'DELETE' })).status).toBe(204)
    expect((await send('/api/databases')).json().databases).toEqual([])
  })

  test('uploads over the limit are refused and leave nothing', async () => {
    const { status, json } = await send('/api/uploads?name=big.db', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: 'x'.repeat(1024 * 1024 + 1),
    })
    expect(status).toBe(413)
    expect(json()).toMatchObject({ code: 'file-too-large', advice: expect.stringContaining('rowbot databases add') })
    expect(existsSync(parts.uploadDir) ? readdirSync(parts.uploadDir) : []).toEqual([])
  })

  test('uploads that nobody used are deleted when the console closes', async () => {
    await upload('left behind')
    await app.close({ graceMs: 100 })
    expect(readdirSync(parts.uploadDir)).toEqual([])
  })

  test('files come as bytes only: what a form of another site can send is refused', async () => {
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded']) {
      expect(
        (await send('/api/uploads?name=a', { method: 'POST', headers: { 'content-type': type }, body: 'x' })).status,
      ).toBe(415)
    }
  })
})

describe('what is not for us', () => {
  test('a body that is too large is refused', async () => {
    const { status, json } = await send('/api/questions', {
      method: 'POST',
      json: { id: crypto.randomUUID(), text: 'x'.repeat(600_000), databases: [] },
    })
    expect([status, json().code]).toEqual([413, 'too-large'])
  })

  test('an unknown address and broken JSON get words, not traces', async () => {
    expect((await send('/api/nothing')).json()).toMatchObject({ code: 'not-found', advice: expect.any(String) })
    const broken = await send('/api/questions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    })
    expect([broken.status, broken.json().code]).toEqual([400, 'bad-request'])
  })

  test('a defect of ours is logged and answered without its insides', async () => {
    parts.conversation.history.list = () => Promise.reject(new TypeError('x is not a function'))
    const { status, text } = await send('/api/questions')
    expect(status).toBe(500)
    expect(text).not.toContain('.ts')
    expect(parts.logged).toMatchObject([{ path: '/api/questions' }])
  })
})

test('lists the answers to look at, makes cases of them and takes them off the list', async () => {
  const review = { text: 'How many?', by: 'Ben', comment: '', givenAt: '2026-11-20T10:00:00Z', reply: null }
  parts.reviews.waiting.push({ questionId: 'one', ...review }, { questionId: 'two', ...review })
  const listed = await send('/api/reviews')
  expect((await listed.json()).reviews.map(({ questionId }: { questionId: string }) => questionId)).toEqual([
    'one',
    'two',
  ])
  expect((await send('/api/reviews/one/case', { method: 'POST', json: { sql: 'SELECT 1' } })).status).toBe(204)
  expect((await send('/api/reviews/two', { method: 'DELETE' })).status).toBe(204)
  expect(parts.reviews).toMatchObject({ cases: [['one', 'SELECT 1']], waiting: [] })
})
