/** Events that are pushed on one side and iterated on the other; nothing is lost and nobody waits while nobody reads. */
export type EventChannel<Event> = AsyncIterable<Event> & {
  push(event: Event): void
  end(): void
  /** Ends with an error, after what was pushed before it. */
  fail(error: unknown): void
}

export function createEventChannel<Event>(): EventChannel<Event> {
  const waiting: Event[] = []
  let ended = false
  let failure: { error: unknown } | null = null
  let wake = () => {}
  const change = () => {
    wake()
    wake = () => {}
  }
  return {
    push(event) {
      waiting.push(event)
      change()
    },
    end() {
      ended = true
      change()
    },
    fail(error) {
      failure = { error }
      ended = true
      change()
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const event = waiting.shift()
        if (event !== undefined) yield event
        else if (failure) throw failure.error
        else if (ended) return
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }
}
