import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { isAlive } from '../is-alive.ts'

/** How long a process keeps what it holds without saying that it is still there. */
const HOLD_MS = 60_000

/** This process, as others of any machine know it. In a container every start may get the same number. */
export const thisProcess = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`

type Hold = { holder: string | null; heldUntil: string | null }

/** The end of a hold that begins, or goes on, now. */
export function holdFrom(now: Date): string {
  return new Date(now.getTime() + HOLD_MS).toISOString()
}

/** Whether this very process holds this: a hold that it could not end, on a full disk, it has not renewed since. */
export function isHeldByThis(held: Hold, now: Date): boolean {
  return held.holder === thisProcess && isInForce(held, now)
}

/** Whether another process still holds this: its hold has not run out, and it has not died on this machine. */
export function isHeldByOther(held: Hold, now: Date): boolean {
  const { holder } = held
  if (!holder || holder === thisProcess || !isInForce(held, now)) return false
  const [, host = '', pid = ''] = /^(.*):(\d+):\w+$/.exec(holder) ?? []
  return host !== hostname() || (Number(pid) !== process.pid && isAlive(Number(pid)))
}

function isInForce({ heldUntil }: Hold, now: Date): boolean {
  if (!heldUntil || heldUntil < now.toISOString()) return false
  // A clock that was set back would leave a hold for ever.
  return Date.parse(heldUntil) - now.getTime() <= 2 * HOLD_MS
}
