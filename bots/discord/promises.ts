/** Acknowledgements of interactions: nothing may be sent through a token before its first response has arrived. */
export type Promises = {
  /** Remembers the first response on its way. */
  made(token: string, response: Promise<unknown>): void
  /** Waits until the first response has arrived, or has failed. */
  arrived(token: string): Promise<void>
  /** Whether the promised message still waits for its content; null where this process cannot know. */
  isOpen(token: string): boolean | null
  fulfilled(token: string): void
}

/** Tokens live for a quarter of an hour; far more than come in that time. */
const MOST = 10_000

export function createPromises(): Promises {
  const known = new Map<string, { response: Promise<unknown>; isOpen: boolean }>()
  return {
    made(token, response) {
      known.set(token, { response: response.catch(() => undefined), isOpen: true })
      const [oldest] = known.keys()
      if (known.size > MOST && oldest !== undefined) known.delete(oldest)
    },
    arrived: async (token) => void (await known.get(token)?.response),
    isOpen: (token) => known.get(token)?.isOpen ?? null,
    fulfilled(token) {
      const one = known.get(token)
      if (one) one.isOpen = false
    },
  }
}
