import type { LlamaContextSequence } from 'node-llama-cpp'

/** What 3.22.1 of node-llama-cpp can do but does not declare: copy the evaluated state of one sequence to another of its context. */
type WithCopy = { _copyStateFromOtherSequence(other: LlamaContextSequence, upToToken: number): Promise<boolean> }

/**
 * Gives `target` the evaluated state of `source`, so that several candidates share one reading of their prompt. False where this
 * version of the library cannot do it: the caller then has the prompt read again. This is why package.json pins the exact version.
 */
export async function copySequence(source: LlamaContextSequence, target: LlamaContextSequence): Promise<boolean> {
  if (!canCopy(target)) return false
  const tokens = source.contextTokens
  const copied = await target._copyStateFromOtherSequence(source, tokens.length)
  const held = target.contextTokens
  if (copied && held.length === tokens.length && held.every((token, index) => token === tokens[index])) return true
  await target.clearHistory()
  return false
}

function canCopy(sequence: LlamaContextSequence): sequence is LlamaContextSequence & WithCopy {
  return '_copyStateFromOtherSequence' in sequence && typeof sequence._copyStateFromOtherSequence === 'function'
}
