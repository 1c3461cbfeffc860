import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { isLoopback } from '#core/config.ts'

export type HostRule = { isLocalOnly: boolean; port: number; publicUrl: string | null }

/**
 * Whether a Host header names this console. A page elsewhere that points its own name at our address (DNS rebinding) sends that name.
 * Listening on loopback, only loopback's names pass; else any address as such, which needs no name to be looked up, and this machine's name.
 */
export function isAllowedHost(header: string | undefined, { isLocalOnly, port, publicUrl }: HostRule): boolean {
  const host = header?.toLowerCase() ?? ''
  if (publicUrl && host === new URL(publicUrl).host) return true
  const parts = /^(\[[0-9a-f:.]+\]|[^:]+?)(?::(\d+))?$/.exec(host)
  if (!parts?.[1] || Number(parts[2] ?? 80) !== port) return false
  const name = parts[1].replace(/^\[|\]$/g, '')
  if (isLoopback(name)) return true
  return (
    !isLocalOnly && (isIP(name) > 0 || [hostname(), `${hostname()}.local`].some((own) => own.toLowerCase() === name))
  )
}
