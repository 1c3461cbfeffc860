import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from '../is-alive.ts'

/**
 * A folder below `parent` for files that this process alone needs while it lives; it need not exist yet. What processes
 * left behind that are gone is deleted, and what others still work with, a server beside a command say, is not.
 */
export function ownFolder(parent: string): string {
  for (const name of existsSync(parent) ? readdirSync(parent) : [])
    if (!isInUse(name)) rmSync(join(parent, name), { recursive: true, force: true })
  return join(parent, own)
}

// Ids of processes come again, above all in containers; the moment of the start with them does not.
const own = `${process.pid}-${Math.round(performance.timeOrigin)}`

function isInUse(name: string): boolean {
  const pid = Number(/^(\d+)-\d+$/.exec(name)?.[1])
  if (name === own) return true
  return pid > 0 && pid !== process.pid && isAlive(pid)
}
