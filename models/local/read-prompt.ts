import type { EvaluationPriority, LlamaContextSequence, Token } from 'node-llama-cpp'
import type { PrefixStore } from './prefix-store.ts'
import { sharedBeginning } from './slots.ts'

export type Reading = {
  sequence: LlamaContextSequence
  /** What the sequence is to hold afterwards. */
  tokens: Token[]
  /**
   * How many of them, at the beginning, stay the same from question to question, the key under which their evaluation is kept, and `forgets` of
   * the store when they were written.
   */
  kept: { tokens: number; key: string; forgets: number }
  prefixes: PrefixStore
  priority?: EvaluationPriority
  signal?: AbortSignal
}

/** Tokens between two looks at the signal: about a third of a second on two cores, and no slower than all at once. */
const CHUNK_TOKENS = 128
/** Reading fewer tokens again is quicker than fetching them from a file. */
const MIN_STORED_TOKENS = 48

/** Has the model read the tokens, of which it reads as few as possible anew: not those that the sequence holds or a file keeps. */
export async function readPrompt(reading: Reading): Promise<void> {
  const { sequence, tokens, kept } = reading
  const shared = sharedBeginning(sequence.contextTokens, tokens)
  const stored = kept.tokens - shared >= MIN_STORED_TOKENS && (await loadKept(reading))
  await sequence.adaptStateToTokens(tokens, false)
  if (!stored && shared < kept.tokens) {
    await evaluate(reading, kept.tokens)
    await keep(reading)
  }
  await evaluate(reading, tokens.length)
}

async function loadKept({ sequence, tokens, kept, prefixes }: Reading): Promise<boolean> {
  const path = await prefixes.find(kept.key)
  if (path === null) return false
  try {
    await sequence.loadStateFromFile(path, { acceptRisk: true })
    if (sharedBeginning(sequence.contextTokens, tokens) === kept.tokens && sequence.nextTokenIndex === kept.tokens)
      return true
  } catch {
    // Whatever is wrong with the file, the prompt can be read again.
  }
  await sequence.clearHistory()
  await prefixes.drop(kept.key)
  return false
}

async function keep({ sequence, kept, prefixes }: Reading): Promise<void> {
  if (kept.tokens >= MIN_STORED_TOKENS)
    await prefixes.keep(kept.key, (path) => sequence.saveStateToFile(path), kept.forgets)
}

async function evaluate({ sequence, tokens, priority, signal }: Reading, upTo: number): Promise<void> {
  while (sequence.nextTokenIndex < upTo) {
    signal?.throwIfAborted()
    const start = sequence.nextTokenIndex
    const chunk = tokens.slice(start, Math.min(start + CHUNK_TOKENS, upTo))
    await sequence.evaluateWithoutGeneratingNewTokens(chunk, { evaluationPriority: priority })
  }
  signal?.throwIfAborted()
}
