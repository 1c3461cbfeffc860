import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { createFaults, Fault } from './faults.ts'
import { download, upload } from './file-room.ts'
import { SlackRefusal } from './slack-refusal.ts'
import type { Workspace } from './slack-world.ts'

/** A call of the Web API or of a response address. `error` is null where it was fine. */
export type HttpCall = { method: string; given: Record<string, string>; error: string | null }

export type SlackServerParts = {
  workspaces: Workspace[]
  faults: ReturnType<typeof createFaults>
  calls: HttpCall[]
  /** Runs a method; throws SlackRefusal. */
  api(method: string, token: string, given: Record<string, string>): object
  /** Takes what was sent to a response address; throws SlackRefusal. */
  answer(id: string, body: unknown): object
  changed(): void
}

/** Everything that Slack answers over HTTP: /api/METHOD, /response/ID, /upload/… and /files/…. */
export function createSlackServer(parts: SlackServerParts): Server {
  return createServer(async (request, response) => {
    const body = await readAll(request)
    const [, room = '', first = '', second = ''] = (request.url ?? '/').split('?')[0]?.split('/') ?? []
    const method = room === 'api' ? first : room
    const fault = parts.faults.next(method)
    if (fault === 'down') return void response.writeHead(503).end('down')
    const place = { workspace: parts.workspaces.find(({ id }) => id === first), fileId: second }
    if (room === 'upload') return upload(place, { body, contentType: request.headers['content-type'] ?? '' }, response)
    if (room === 'files') return download(place, request, response)
    const call: HttpCall = { method, given: argumentsOf(request, body), error: null }
    parts.calls.push(call)
    if (fault?.kind === 'rate-limit') return limited(call, fault, response)
    const token = tokenOf(request, call)
    const work = () =>
      room === 'api' ? parts.api(method, token, call.given) : parts.answer(first, JSON.parse(body.toString()))
    // Slack tells with every answer what the token may do.
    const bot = parts.workspaces.find((one) => one.bot.token === token)?.bot
    if (bot) response.setHeader('x-oauth-scopes', [...bot.scopes].join(','))
    answerCall(call, fault, work, response)
    parts.changed()
  })
}

function tokenOf({ headers }: IncomingMessage, { given }: HttpCall): string {
  return (headers.authorization ?? '').replace(/^Bearer /, '') || (given.token ?? '')
}

function limited(
  call: HttpCall,
  { retryAfterSeconds }: Fault & { kind: 'rate-limit' },
  response: ServerResponse,
): void {
  call.error = 'ratelimited'
  response.writeHead(429, { 'retry-after': String(retryAfterSeconds) }).end('{"ok":false,"error":"ratelimited"}')
}

function answerCall(call: HttpCall, fault: Fault | null, work: () => object, response: ServerResponse): void {
  try {
    if (fault?.kind === 'refuse') throw new SlackRefusal(fault.code, fault.more)
    const result = work()
    if (fault?.kind === 'lose-answer') return void response.destroy()
    sendJson(response, 200, { ok: true, ...result })
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error
    call.error = error.code
    sendJson(response, call.method === 'response' ? 404 : 200, { ok: false, error: error.code, ...error.more })
  }
}

function argumentsOf({ headers }: IncomingMessage, body: Buffer): Record<string, string> {
  const type = headers['content-type'] ?? ''
  if (type.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(body.toString()))
  const given = type.startsWith('application/json') && body.length > 0 ? (JSON.parse(body.toString()) as object) : {}
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
