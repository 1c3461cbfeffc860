import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { isLocal, isLoopback } from '#core/config.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import { createWebApp, type WebAppParts } from './create-web-app.ts'

export type WebConsoleParts = Omit<WebAppParts, 'isLocalOnly' | 'port'> & { host: string; port: number }

export type WebConsole = {
  /** Where to point a browser. */
  url: string
  /** Stops accepting, lets open answers end within `graceMs` (default 5 s), then cuts what is left. */
  close(options?: { graceMs?: number }): Promise<void>
}

/**
 * Starts the web console. Throws a RowbotError where others than this machine's people can reach it without a password, by the address
 * on which it listens or through a proxy, and the system's error (EADDRINUSE and the like, which `advised` explains) where listening fails.
 */
export async function startWebConsole({ host, port, ...parts }: WebConsoleParts): Promise<WebConsole> {
  const isLocalOnly = isLoopback(host)
  demandPassword({ host, ...parts })
  const server = createServer()
  const boundPort = await listen(server, { host, port })
  const app = createWebApp({ ...parts, isLocalOnly, port: boundPort })
  server.on('request', getRequestListener(app.fetch))
  return {
    url: `http://${shownHost(host)}:${boundPort}`,
    close: async ({ graceMs = 5_000 } = {}) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await app.close({ graceMs })
      server.closeIdleConnections()
      const cut = setTimeout(() => server.closeAllConnections(), graceMs)
      await closed
      clearTimeout(cut)
    },
  }
}

/** Throws a RowbotError where others than this machine's people could reach the console without a password. */
export function demandPassword({
  host,
  publicUrl,
  password,
}: Pick<WebConsoleParts, 'host' | 'publicUrl' | 'password'>) {
  const reached = [host, publicUrl].find((address) => address !== null && !isLocal(address))
  if (reached && !password) throw passwordNeeded(reached)
}

function passwordNeeded(address: string): RowbotError {
  return new RowbotError({
    code: 'password-needed',
    message: `The web console would be reachable from other machines at ${address}, and no password is set.`,
    advice:
      'Set ROWBOT_PASSWORD to a password of at least 8 characters, or listen on 127.0.0.1 only, without ROWBOT_PUBLIC_URL.',
  })
}

function listen(server: Server, where: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(where.port, where.host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
