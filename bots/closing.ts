/** What was opened, to be closed in the opposite order. */
export type Closing = {
  add(close: () => Promise<void> | void): void
  /** Closes everything once, also where closing something fails; then throws the first failure. */
  close: () => Promise<void>
}

/** For programs that open one thing after the other, so that whatever fails on the way, nothing is left open. */
export function createClosing(): Closing {
  const steps: (() => Promise<void> | void)[] = []
  return {
    add: (close) => void steps.push(close),
    async close() {
      const failures: unknown[] = []
      for (const step of steps.splice(0).reverse()) {
        try {
          await step()
        } catch (error) {
          failures.push(error)
        }
      }
      if (failures.length > 0) throw failures[0]
    },
  }
}
