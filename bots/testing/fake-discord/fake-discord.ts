import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { findSpecification } from '../find-specification.ts'
import { type OpenapiCheck, openapiCheck } from './check-openapi.ts'
import { createGateway, type Gateway } from './gateway.ts'
import { createPeople, type People } from './people.ts'
import { type ReadRequest, readRequest } from './read-request.ts'
import { Refusal, refusals } from './refusal.ts'
import { createRoutes, type Route } from './routes.ts'
import { createWorld, type World } from './world.ts'

export type FakeDiscord = People & {
  /** What a client's `rest.api` is set to. */
  api: string
  token: string
  world: World
  gateway: Gateway
  /** Every request, in order, with what was answered. */
  requests: { method: string; path: string; status: number; problems: string[] }[]
  /** Answers the next requests to paths like this with 429. */
  rateLimit(path: RegExp, options: { times: number; retryAfterMs: number }): void
  /** Refuses the next requests to paths like this. */
  refuse(path: RegExp, refusal: Refusal, times?: number): void
  /** The next requests to paths like this take effect, and then the connection breaks before the answer. */
  loseAnswer(path: RegExp, times?: number): void
  /** Down: every request gets 503 and every socket is closed. */
  setDown(isDown: boolean): void
  /** False where Discord's OpenAPI file is not beside the repository: then only our own checks are made. */
  checksSpecification: boolean
  close(): Promise<void>
}

const TOKEN = 'fake.discord.token'

/** A Discord on this machine, strict about what a bot sends: gateway, HTTP API, and people who write, press and fill in. */
export async function startFakeDiscord({ messageContent = false } = {}): Promise<FakeDiscord> {
  const specification = findSpecification('discord_http_api.openapi3.json')
  const check: OpenapiCheck = specification ? await openapiCheck(specification) : () => []
  const world = createWorld({ token: TOKEN, messageContent })
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const gateway = createGateway(world, `ws://127.0.0.1:${port}`)
  world.fileBase = `http://127.0.0.1:${port}/files`
  const routes = createRoutes({ world, gateway, gatewayUrl: `ws://127.0.0.1:${port}` })
  const requests: FakeDiscord['requests'] = []
  const planned: { path: RegExp; refusal: Refusal; times: number }[] = []
  const lost: { path: RegExp; times: number }[] = []
  let isDown = false

  server.on('upgrade', (request, socket, head) => (isDown ? socket.destroy() : gateway.upgrade(request, socket, head)))

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = { method: request.method ?? 'GET', path: request.url ?? '/', status: 200, problems: [] as string[] }
    requests.push(asked)
    try {
      const given = await handle(await readRequest(request), request.headers.authorization, asked.problems)
      asked.status = given === undefined ? 204 : 200
      if (isLost(asked)) response.destroy()
      else respond(response, asked.status, given)
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500, 0, `the fake is broken: ${String(error)}`)
      asked.status = refusal.status
      if (refusal.code !== 0) asked.problems.push(`${refusal.code} ${refusal.message} ${JSON.stringify(refusal.more)}`)
      respond(response, refusal.status, { message: refusal.message, code: refusal.code, ...refusal.more })
    }
  }

  function isLost({ method, path: asked }: { method: string; path: string }): boolean {
    const plan = lost.find(({ path, times }) => times > 0 && path.test(`${method} ${asked}`))
    if (plan) plan.times--
    return plan !== undefined
  }

  async function handle(read: ReadRequest, token: string | undefined, problems: string[]): Promise<unknown> {
    if (isDown) throw refusals.unavailable()
    const file = /^\/files\/(\d+)\//.exec(read.path)?.[1]
    if (file) return world.files.get(file) ?? notFound()
    refuseAsPlanned(read)
    const { route, params } = findRoute(routes, read)
    if (!route.open && token !== `Bot ${TOKEN}`) throw refusals.unauthorized()
    if (hasBody(read)) problems.push(...check(read.method, read.path, read.body))
    if (problems.length > 0) throw refusals.invalidBody(problems)
    return route.handle(read, params)
  }

  function refuseAsPlanned({ method, path: asked }: ReadRequest): void {
    const plan = planned.find(({ path, times }) => times > 0 && path.test(`${method} ${asked}`))
    if (!plan) return
    plan.times--
    throw plan.refusal
  }

  return {
    ...createPeople(world, gateway),
    api: `http://127.0.0.1:${port}/api`,
    token: TOKEN,
    world,
    gateway,
    requests,
    checksSpecification: specification !== null,
    rateLimit: (path, { times, retryAfterMs }) =>
      void planned.push({ path, times, refusal: refusals.rateLimited(retryAfterMs) }),
    refuse: (path, refusal, times = 1) => void planned.push({ path, refusal, times }),
    loseAnswer: (path, times = 1) => void lost.push({ path, times }),
    setDown(down) {
      isDown = down
      if (down) gateway.drop(1001)
    },
    async close() {
      gateway.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function findRoute(routes: Route[], { method, path }: ReadRequest): { route: Route; params: Record<string, string> } {
  const parts = path.split('/')
  for (const route of routes) {
    const wanted = route.path.split('/')
    if (route.method !== method || wanted.length !== parts.length) continue
    if (!wanted.every((part, at) => part.startsWith(':') || part === parts[at])) continue
    const named = wanted.flatMap((part, at) => (part.startsWith(':') ? [[part.slice(1), parts[at] ?? '']] : []))
    return { route, params: Object.fromEntries(named) }
  }
  return notFound()
}

function hasBody({ method, path }: ReadRequest): boolean {
  return ['POST', 'PUT', 'PATCH'].includes(method) && !path.endsWith('/typing')
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  if (Buffer.isBuffer(body)) return void response.end(body)
  const retryAfter = z.object({ retry_after: z.number() }).safeParse(body).data?.retry_after
  if (body !== undefined) response.setHeader('content-type', 'application/json')
  if (retryAfter) response.setHeader('retry-after', String(retryAfter))
  response.statusCode = status
  response.end(body === undefined ? '' : JSON.stringify(body))
}

function notFound(): never {
  throw refusals.notFound()
}
