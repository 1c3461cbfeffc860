import { byId } from './h.ts'

/** Tells people who listen to the page what has changed on it. */
export function announce(text: string): void {
  byId('announcer').textContent = text
}
