import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testParts } from '../testing/open-console.ts'
import { createWebApp, type WebApp } from './create-web-app.ts'

let parts: ReturnType<typeof testParts>
const apps: WebApp[] = []

function appWith(changes: Partial<Parameters<typeof createWebApp>[0]> = {}): WebApp {
  const app = createWebApp({ ...parts, isLocalOnly: true, port: 4680, ...changes })
  apps.push(app)
  return app
}

beforeEach(() => {
  parts = testParts()
})

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close({ graceMs: 100 })
  rmSync(parts.uploadDir, { recursive: true, force: true })
})

const question = () => ({
  method: 'POST',
  body: JSON.stringify({ id: crypto.randomUUID(), text: 'How many orders?', databases: [] }),
})
const json = { 'content-type': 'application/json' }

describe('the name that a browser used (DNS rebinding)', () => {
  test.each([
    ['127.0.0.1:4680', 200],
    ['localhost:4680', 200],
    ['[::1]:4680', 200],
    ['LOCALHOST:4680', 200],
    ['evil.example', 421],
    ['evil.example:4680', 421],
    ['127.0.0.1.evil.example:4680', 421],
    ['localhost:4681', 421],
    ['localhost', 421],
    ['192.168.0.5:4680', 421],
    ['127.0.0.1:4680@evil.example', 421],
    ['', 421],
  ])('%s, listening on this machine only: %i', async (host, status) => {
    expect((await appWith().request('/api/databases', { headers: { host } })).status).toBe(status)
  })

  test.each([
    ['192.168.0.5:4680', 401],
    ['[fe80::1]:4680', 401],
    ['data.example.org', 401],
    ['evil.example:4680', 421],
  ])('%s, listening everywhere under data.example.org: %i', async (host, status) => {
    const app = appWith({ isLocalOnly: false, password: 'correct horse', publicUrl: 'https://data.example.org' })
    expect((await app.request('/api/databases', { headers: { host } })).status).toBe(status)
  })
})

describe('requests that other sites make a browser send (CSRF)', () => {
  const host = '127.0.0.1:4680'
  test.each<[string, Record<string, string>, number]>([
    ['our own page', { origin: 'http://127.0.0.1:4680', 'sec-fetch-site': 'same-origin' }, 202],
    ['a program', {}, 202],
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-site' }, 403],
    ['another name of this machine', { origin: 'http://localhost:4680' }, 403],
    ['a form of our own page', { origin: 'null', 'sec-fetch-site': 'same-origin' }, 202],
    ['a sandboxed frame', { origin: 'null' }, 403],
    ['a sandboxed frame of another site', { origin: 'null', 'sec-fetch-site': 'cross-site' }, 403],
    ['an old browser on another site', { origin: 'https://evil.example' }, 403],
    ['a browser that hides the origin', { 'sec-fetch-site': 'cross-site' }, 403],
  ])('%s', async (_, headers, status) => {
    const response = await appWith().request('/api/questions', {
      ...question(),
      headers: { host, ...json, ...headers },
    })
    expect(response.status).toBe(status)
    expect(parts.conversation.asked.length).toBe(status === 202 ? 1 : 0)
  })

  test('forms and scripts of other sites read nothing either', async () => {
    const app = appWith()
    const image = { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }
    expect((await app.request('/api/databases', { headers: image })).status).toBe(403)
    const link = { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect((await app.request('/', { headers: link })).status).toBe(200)
  })

  test('bodies that need no preflight are refused', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const response = await appWith().request('/api/questions', {
        ...question(),
        headers: { host, 'content-type': type },
      })
      expect(response.status).toBe(415)
    }
  })

  test('no origin is ever allowed to read across sites', async () => {
    const response = await appWith().request('/api/databases', { headers: { host } })
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('headers', () => {
  test.each(['/', '/api/databases', '/api/nothing', '/login', '/icon.svg'])(
    'of %s forbid what the page does not need',
    async (path) => {
      const { headers } = await appWith().request(path, { headers: { host: 'localhost:4680' } })
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe|https?:|\*|data:/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('x-powered-by')).toBeNull()
    },
  )

  test('the page itself holds nothing inline and loads nothing from elsewhere', async () => {
    const html = await (await appWith().request('/', { headers: { host: 'localhost:4680' } })).text()
    expect(html).not.toMatch(/<script>|<style|\son\w+=|style=|https?:\/\//)
    const assets = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, address]) => address ?? '')
    expect(assets.length).toBeGreaterThan(3)
    for (const asset of assets)
      expect((await appWith().request(asset, { headers: { host: 'localhost:4680' } })).status).toBe(200)
  })
})

describe('the password', () => {
  const host = '127.0.0.1:4680'
  const password = 'correct horse battery'

  function login(app: WebApp, attempt: string, more: Record<string, string> = {}) {
    const headers = { host, origin: `http://${host}`, 'content-type': 'application/x-www-form-urlencoded', ...more }
    return app.request('/login', {
      method: 'POST',
      headers,
      body: new URLSearchParams({ password: attempt }).toString(),
    })
  }

  const cookieOf = (response: Response) =>
    /rowbot_session=[^;]*/.exec(response.headers.get('set-cookie') ?? '')?.[0] ?? ''

  test('is asked for everywhere but at the door', async () => {
    const app = appWith({ password })
    const page = await app.request('/', { headers: { host } })
    expect([page.status, page.headers.get('location')]).toEqual([303, '/login'])
    for (const path of [
      '/api/databases',
      '/api/questions',
      '/api/console',
      `/api/questions/${crypto.randomUUID()}/events`,
    ]) {
      const response = await app.request(path, { headers: { host } })
      expect([response.status, (await response.json()).code]).toEqual([401, 'password-needed'])
    }
    expect((await app.request('/api/questions', { ...question(), headers: { host, ...json } })).status).toBe(401)
    expect(await (await app.request('/login', { headers: { host } })).text()).toContain('type="password"')
  })

  test('opens a session that ends when one signs out', async () => {
    const app = appWith({ password })
    const entered = await login(app, password)
    expect(entered.status).toBe(303)
    expect(entered.headers.get('set-cookie')).toMatch(
      /^rowbot_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
    )
    const cookie = cookieOf(entered)
    expect((await app.request('/api/databases', { headers: { host, cookie } })).status).toBe(200)
    await app.request('/logout', { method: 'POST', headers: { host, cookie, origin: `http://${host}` } })
    expect((await app.request('/api/databases', { headers: { host, cookie } })).status).toBe(401)
  })

  test('opens the door to a form whose origin the browser hides, as our referrer policy makes it', async () => {
    const hidden = { origin: 'null', 'sec-fetch-site': 'same-origin' }
    expect((await login(appWith({ password }), password, hidden)).status).toBe(303)
  })

  test('makes the cookie secure where the browser came by https', async () => {
    const app = appWith({ password, publicUrl: 'https://data.example.org' })
    const entered = await login(app, password, { host: 'data.example.org', origin: 'https://data.example.org' })
    expect(entered.headers.get('set-cookie')).toContain('; Secure')
  })

  test('is a bearer token for programs', async () => {
    const app = appWith({ password })
    const get = (authorization: string) => app.request('/api/databases', { headers: { host, authorization } })
    expect((await get(`Bearer ${password}`)).status).toBe(200)
    expect((await get('Bearer wrong')).status).toBe(401)
    expect((await get('Bearer ')).status).toBe(401)
    expect((await get(`Basic ${btoa(`x:${password}`)}`)).status).toBe(401)
  })

  test('cannot be guessed: five wrong ones, then a minute’s wait, even for the right one', async () => {
    const app = appWith({ password })
    for (let guess = 0; guess < 5; guess++) {
      const refused = await login(app, `guess ${guess}`)
      expect(refused.status).toBe(401)
      expect(await refused.text()).toContain('role="alert"')
    }
    const blocked = await login(app, password)
    expect([blocked.status, blocked.headers.get('retry-after')]).toEqual([429, '60'])
    expect(
      (await app.request('/api/databases', { headers: { host, authorization: `Bearer ${password}` } })).status,
    ).toBe(429)
  })

  test('sessions made up by others open nothing', async () => {
    const app = appWith({ password })
    for (const cookie of ['rowbot_session=', 'rowbot_session=x', 'rowbot_session=__proto__', 'other=1']) {
      expect((await app.request('/api/databases', { headers: { host, cookie } })).status).toBe(401)
    }
  })

  test('a login sent by another site is refused', async () => {
    expect((await login(appWith({ password }), password, { origin: 'https://evil.example' })).status).toBe(403)
  })
})
