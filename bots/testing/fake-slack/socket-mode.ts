import type { Server } from 'node:http'
import { WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { type Delivery, type Envelope, nothing } from './delivery.ts'

const answer = z.object({ envelope_id: z.string(), payload: z.unknown() })

type Waiting = { envelope: Envelope; settle(payload: unknown): void; socket: WebSocket | null }

/** Socket Mode: each envelope goes to one open socket; events that it did not acknowledge go to the next one that opens. */
export type SocketMode = Delivery & {
  /** A one-time address, as apps.connections.open gives it. */
  open(): string
  /** Breaks every connection, with a closing frame or without. */
  drop(how?: 'close' | 'terminate'): void
  /** Tells every app to connect anew, as Slack does before it recycles a server. */
  askToReconnect(): void
  connections(): number
  /** Acknowledgements of envelopes that were not waiting for one. */
  strays: string[]
  close(): void
}

export function createSocketMode(server: Server, baseUrl: () => string): SocketMode {
  const sockets = new Set<WebSocket>()
  const tickets = new Set<string>()
  const waiting = new Map<string, Waiting>()
  const strays: string[] = []
  const listener = new WebSocketServer({ noServer: true })
  let turn = 0

  server.on('upgrade', (request, stream, head) => {
    const ticket = new URL(request.url ?? '', 'ws://fake').searchParams.get('ticket') ?? ''
    if (!tickets.delete(ticket)) return stream.destroy()
    listener.handleUpgrade(request, stream, head, (socket) => welcome(socket))
  })

  function welcome(socket: WebSocket): void {
    sockets.add(socket)
    socket.on('close', () => {
      sockets.delete(socket)
      for (const one of waiting.values()) if (one.socket === socket && isEvent(one)) one.socket = null
    })
    socket.on('error', () => undefined)
    socket.on('message', (data) => hear(String(data)))
    const ping = setInterval(() => socket.ping(), 1_000)
    socket.on('close', () => clearInterval(ping))
    const hello = { type: 'hello', num_connections: sockets.size, connection_info: { app_id: 'A0ROWBOT' } }
    socket.send(JSON.stringify(hello))
    for (const one of waiting.values()) if (one.socket === null) send(one)
  }

  function hear(text: string): void {
    const { envelope_id, payload } = answer.parse(JSON.parse(text))
    const one = waiting.get(envelope_id)
    if (!one) return void strays.push(envelope_id)
    waiting.delete(envelope_id)
    one.settle(payload)
  }

  /** A command or a press is not sent again: the person sees that it failed. */
  const isEvent = ({ envelope }: Waiting) => envelope.type === 'events_api'

  function send(one: Waiting): void {
    const open = [...sockets].filter(({ readyState }) => readyState === WebSocket.OPEN)
    const socket = open[turn++ % Math.max(1, open.length)]
    if (!socket) return
    one.socket = socket
    socket.send(JSON.stringify({ ...one.envelope, envelope_id: one.envelope.id, id: undefined }))
  }

  return {
    strays,
    open() {
      const ticket = crypto.randomUUID()
      tickets.add(ticket)
      return `${baseUrl().replace(/^http/, 'ws')}/link?ticket=${ticket}`
    },
    deliver: (envelope, deadlineMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(envelope.id)
          resolve(nothing)
        }, deadlineMs)
        const settle = (payload: unknown) => {
          clearTimeout(timer)
          resolve({ isAcknowledged: true, payload })
        }
        const one: Waiting = { envelope, settle, socket: null }
        waiting.set(envelope.id, one)
        send(one)
      }),
    drop(how = 'terminate') {
      for (const socket of sockets) how === 'close' ? socket.close(1001) : socket.terminate()
    },
    askToReconnect() {
      for (const socket of sockets) socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }))
    },
    connections: () => sockets.size,
    close() {
      for (const socket of sockets) socket.terminate()
      listener.close()
    },
  }
}
