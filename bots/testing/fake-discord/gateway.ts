import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { guildPayload, userPayload } from './payloads.ts'
import type { World } from './world.ts'

export type Gateway = {
  /** Sends an event to every session that asked for its intent; to those whose socket is gone, once they resume. */
  send(name: string, data: object): void
  /** Sends the last event of this name once more, as happens after a hiccup. */
  sendAgain(name: string): void
  /** Closes all sockets with a code; 4000 lets clients resume. */
  drop(code: number): void
  /** Forgets all sessions, so that resuming fails and clients identify anew. */
  forgetSessions(): void
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** How often clients identified and resumed. */
  count: { identified: number; resumed: number; heartbeats: number }
  close(): void
}

type Session = {
  id: string
  intents: number
  sequence: number
  /** Everything that was sent, for a resume. */
  log: { s: number; t: string; d: object }[]
  socket: WebSocket | null
}

const command = z.discriminatedUnion('op', [
  z.object({ op: z.literal(1), d: z.number().nullable() }),
  z.object({
    op: z.literal(2),
    d: z.object({
      token: z.string(),
      intents: z.number().int().nonnegative(),
      properties: z.object({ os: z.string(), browser: z.string(), device: z.string() }),
      shard: z.tuple([z.number(), z.number()]).optional(),
    }),
  }),
  z.object({ op: z.literal(3), d: z.object({}) }),
  z.object({ op: z.literal(6), d: z.object({ token: z.string(), session_id: z.string(), seq: z.number() }) }),
  z.object({ op: z.literal(8), d: z.object({ guild_id: z.string() }) }),
])
type GatewayCommand = z.infer<typeof command>

const INTENTS = { guilds: 1 << 0, guildMessages: 1 << 9, directMessages: 1 << 12, messageContent: 1 << 15 }

/** The gateway (https://docs.discord.com/developers/events/gateway): hello, identify, heartbeats, events, resume. */
export function createGateway(world: World, url: string): Gateway {
  const server = new WebSocketServer({ noServer: true })
  const sessions = new Map<string, Session>()
  const count = { identified: 0, resumed: 0, heartbeats: 0 }

  function dispatch(session: Session, t: string, d: object): void {
    const event = { s: ++session.sequence, t, d }
    session.log.push(event)
    session.socket?.send(JSON.stringify({ op: 0, ...event }))
  }

  function identify(socket: WebSocket, { token, intents }: { token: string; intents: number }): void {
    if (token !== world.application.token) return void socket.close(4004, 'Authentication failed.')
    if (intents & INTENTS.messageContent && !world.application.messageContent)
      return void socket.close(4014, 'Disallowed intent(s).')
    count.identified++
    const session: Session = { id: `session-${sessions.size + 1}`, intents, sequence: 0, log: [], socket }
    sessions.set(session.id, session)
    dispatch(session, 'READY', {
      v: 10,
      user: userPayload(world.application.user),
      guilds: [...world.guilds.keys()].map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: url,
      application: { id: world.application.id, flags: 0 },
    })
    for (const guild of world.guilds.values()) dispatch(session, 'GUILD_CREATE', guildPayload(world, guild))
  }

  function resume(socket: WebSocket, { session_id, seq }: { session_id: string; seq: number }): void {
    const session = sessions.get(session_id)
    if (!session) return void socket.send(JSON.stringify({ op: 9, d: false }))
    count.resumed++
    session.socket = socket
    for (const event of session.log.filter(({ s }) => s > seq)) socket.send(JSON.stringify({ op: 0, ...event }))
    dispatch(session, 'RESUMED', {})
  }

  function receive(socket: WebSocket, { op, d }: GatewayCommand): void {
    if (op === 1) {
      count.heartbeats++
      socket.send(JSON.stringify({ op: 11 }))
    }
    if (op === 2) identify(socket, d)
    if (op === 6) resume(socket, d)
  }

  server.on('connection', (socket) => {
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: HEARTBEAT_MS } }))
    socket.on('message', (data) => {
      const read = command.safeParse(JSON.parse(data.toString()))
      if (read.success) receive(socket, read.data)
      else socket.close(4002, 'Decode error')
    })
    socket.on('close', () => {
      for (const session of sessions.values()) if (session.socket === socket) session.socket = null
    })
  })

  return {
    count,
    send(name, data) {
      for (const session of sessions.values()) if (wants(session.intents, name, data)) dispatch(session, name, data)
    },
    sendAgain(name) {
      for (const session of sessions.values()) {
        const last = session.log.findLast(({ t }) => t === name)
        if (last) dispatch(session, name, last.d)
      }
    },
    drop: (code) => {
      for (const socket of server.clients) socket.close(code)
    },
    forgetSessions: () => sessions.clear(),
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (opened) => server.emit('connection', opened, request)),
    close() {
      for (const socket of server.clients) socket.terminate()
      server.close()
    },
  }
}

const HEARTBEAT_MS = 500

function wants(intents: number, name: string, data: object): boolean {
  if (name.startsWith('MESSAGE_'))
    return Boolean(intents & ('guild_id' in data ? INTENTS.guildMessages : INTENTS.directMessages))
  if (/^(?:GUILD|CHANNEL)_/.test(name)) return Boolean(intents & INTENTS.guilds)
  return true
}
