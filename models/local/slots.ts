import type { LlamaContextSequence, Token } from 'node-llama-cpp'

/** The sequences of a context, lent one caller each. Each remembers the tokens it last held, so that a common beginning is not read twice. */
export type Slots = {
  /** The free sequence that shares the longest beginning with `tokens`, else the one unused for longest; waits for one. */
  take(tokens: readonly Token[], signal?: AbortSignal): Promise<LlamaContextSequence>
  /** Up to `count` further sequences, those unused for longest, as far as any are free now. */
  takeFree(count: number): LlamaContextSequence[]
  giveBack(sequence: LlamaContextSequence): void
  /** Turns everybody away that waits and comes later; resolves when all sequences are back. */
  drain(reason: Error): Promise<void>
}

type Waiting = {
  tokens: readonly Token[]
  grant: (sequence: LlamaContextSequence) => void
  refuse: (reason: Error) => void
}

export function createSlots(sequences: LlamaContextSequence[]): Slots {
  // Least recently used first.
  const free = [...sequences]
  const waiting: Waiting[] = []
  let closed: Error | null = null
  let drained = () => {}

  return {
    take(tokens, signal) {
      if (closed) return Promise.reject(closed)
      if (signal?.aborted) return Promise.reject(signal.reason)
      const sequence = takeBest(free, tokens)
      if (sequence) return Promise.resolve(sequence)
      return wait(waiting, tokens, signal)
    },
    takeFree(count) {
      return closed ? [] : free.splice(0, count)
    },
    giveBack(sequence) {
      const next = waiting.shift()
      if (next) return next.grant(sequence)
      free.push(sequence)
      if (free.length === sequences.length) drained()
    },
    async drain(reason) {
      closed = reason
      for (const { refuse } of waiting.splice(0)) refuse(reason)
      if (free.length < sequences.length) await new Promise<void>((resolve) => (drained = resolve))
    },
  }
}

function wait(waiting: Waiting[], tokens: readonly Token[], signal?: AbortSignal): Promise<LlamaContextSequence> {
  return new Promise((resolve, reject) => {
    const one: Waiting = {
      tokens,
      grant: (sequence) => {
        signal?.removeEventListener('abort', abort)
        resolve(sequence)
      },
      refuse: (reason) => {
        signal?.removeEventListener('abort', abort)
        reject(reason)
      },
    }
    const abort = () => {
      waiting.splice(waiting.indexOf(one), 1)
      one.refuse(signal?.reason)
    }
    signal?.addEventListener('abort', abort, { once: true })
    waiting.push(one)
  })
}

function takeBest(free: LlamaContextSequence[], tokens: readonly Token[]): LlamaContextSequence | undefined {
  let best = 0
  let bestShared = -1
  for (const [index, sequence] of free.entries()) {
    const shared = sharedBeginning(sequence.contextTokens, tokens)
    if (shared > bestShared) {
      best = index
      bestShared = shared
    }
  }
  return free.splice(best, 1)[0]
}

export function sharedBeginning(one: readonly Token[], other: readonly Token[]): number {
  const length = Math.min(one.length, other.length)
  let shared = 0
  while (shared < length && one[shared] === other[shared]) shared++
  return shared
}
