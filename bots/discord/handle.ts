import { z } from 'zod'

const TOKEN_LIVES_MS = 15 * 60_000
/** A request on its way must still find the token valid. */
const MARGIN_MS = 20_000

const handle = z.object({
  token: z.string(),
  /** When the interaction began. */
  at: z.number(),
  /** What was promised: a message of its own, visible to all or to the person alone; null: nothing, since a button was pressed. */
  promised: z.enum(['everyone', 'only-me']).nullable(),
  locale: z.string(),
})

/** What is needed to answer through an interaction. */
export type Handle = z.infer<typeof handle>

/** A handle as the desk keeps it. */
export function writeHandle(given: Handle): string {
  return JSON.stringify(given)
}

/** Takes apart what `writeHandle` wrote. */
export function readHandle(text: string | null): Handle | null {
  return text === null ? null : handle.parse(JSON.parse(text))
}

/** True once Discord does not take the token any more. */
export function isExpired({ at }: Handle, now = Date.now()): boolean {
  return now - at > TOKEN_LIVES_MS - MARGIN_MS
}
