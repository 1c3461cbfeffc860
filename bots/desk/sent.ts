import type { SendFailure, Sent } from './chat-platform.ts'

/** Makes a function that does something with a platform and gives back what came of it; what `toFailure` does not know is a defect and thrown. */
export function sentBy(toFailure: (error: unknown) => SendFailure | null) {
  return async <Value>(work: () => Promise<Value>): Promise<Sent<Value>> => {
    try {
      return { ok: true, value: await work() }
    } catch (error) {
      const failure = toFailure(error)
      if (!failure) throw error
      return { ok: false, failure }
    }
  }
}
