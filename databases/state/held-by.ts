import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { isAlive } from '../is-alive.ts'

/** How long a process keeps what it holds without saying that it is still there. */
const HOLD_MS = 60_000

/** This process, as others of any machine know it. In a container every start may get the same number. */
export const thisProcess = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`

/** The end of a hold that begins, or goes on, now. */
export function holdFrom(now: Date): string {
  return new Date(now.getTime() + HOLD_MS).toISOString()
}

/** Whether another process still holds this: its hold has not run out, and it has not died on this machine. */
export function isHeldByOther(held: { holder: string | null; heldUntil: string | null }, now: Date): boolean {
  const { holder, heldUntil } = held
  if (!holder || !heldUntil || holder === thisProcess || heldUntil < now.toISOString()) return false
  // A clock that was set back would leave a hold for ever.
  if (Date.parse(heldUntil) - now.getTime() > 2 * HOLD_MS) return false
  const [, host = '', pid = ''] = /^(.*):(\d+):\w+$/.exec(holder) ?? []
  return host !== hostname() || (Number(pid) !== process.pid && isAlive(Number(pid)))
}
