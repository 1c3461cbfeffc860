import { setTimeout as delay } from 'node:timers/promises'

/** Waits until something holds; throws where it does not in time. */
export async function until(holds: () => boolean, withinMs = 8000): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${holds}`)
    await delay(5)
  }
}
