import type { LlamaContext } from 'node-llama-cpp'

/** What 3.22.1 of node-llama-cpp has but does not declare: its native context, told of each batch its size, then its threads. */
type NativeContext = { initBatch(rows: number): void; setThreads(threads: number): void }

/** From this many rows on the matrix kernels of the CPU gain from every thread. */
const LARGE_BATCH_ROWS = 4

/**
 * Leaves one thread idle while few tokens are evaluated at once. The library starts its threads anew for every batch and has them wait for
 * each other after every layer's step: for a single token that costs more than the last thread brings (two cores: 45 tokens a second with
 * two threads, 86 with one), while a prompt is read twice as fast with both. False where this version of the library cannot be told: it
 * then uses all threads always, which is only slower. This is one reason why package.json pins the exact version.
 */
export function spareAThread(context: LlamaContext): boolean {
  const native = '_ctx' in context ? context._ctx : undefined
  if (!isNative(native)) return false
  const initBatch = native.initBatch.bind(native)
  const setThreads = native.setThreads.bind(native)
  let rows = 0
  replace(native, 'initBatch', (size: number) => {
    rows = size
    initBatch(size)
  })
  replace(native, 'setThreads', (threads: number) =>
    setThreads(rows < LARGE_BATCH_ROWS ? Math.max(1, threads - 1) : threads),
  )
  return true
}

function isNative(native: unknown): native is NativeContext {
  return (
    typeof native === 'object' &&
    native !== null &&
    'initBatch' in native &&
    typeof native.initBatch === 'function' &&
    'setThreads' in native &&
    typeof native.setThreads === 'function'
  )
}

/** The native object's own methods lie on its prototype and cannot be assigned. */
function replace<Name extends keyof NativeContext>(
  native: NativeContext,
  name: Name,
  value: NativeContext[Name],
): void {
  Object.defineProperty(native, name, { value, configurable: true })
}
