import type { SendFailure } from '../desk/chat-platform.ts'
import { SendRefused, toFailure } from './to-failure.ts'

/** Acknowledgements of interactions: nothing may be sent through a token before its first response has arrived. */
export type Promises = {
  /** Remembers the first response on its way. */
  made(token: string, response: Promise<unknown>): void
  /** Waits until the first response has arrived, or has failed; throws where another program with the same token was first. */
  arrived(token: string): Promise<void>
  /** Whether the promised message still waits for its content; null where this process cannot know. */
  isOpen(token: string): boolean | null
  fulfilled(token: string): void
}

/** Tokens live for a quarter of an hour; far more than come in that time. */
const MOST = 10_000

export function createPromises(): Promises {
  const known = new Map<string, { response: Promise<SendFailure | null>; isOpen: boolean }>()
  return {
    made(token, response) {
      known.set(token, { response: response.then(() => null, elsewhere), isOpen: true })
      const [oldest] = known.keys()
      if (known.size > MOST && oldest !== undefined) known.delete(oldest)
    },
    async arrived(token) {
      const failure = await known.get(token)?.response
      if (failure) throw new SendRefused(failure)
    },
    isOpen: (token) => known.get(token)?.isOpen ?? null,
    fulfilled(token) {
      const one = known.get(token)
      if (one) one.isOpen = false
    },
  }
}

/** Other failures show in what is sent later. */
function elsewhere(error: unknown): SendFailure | null {
  const failure = toFailure(error)
  return failure?.kind === 'elsewhere' ? failure : null
}
