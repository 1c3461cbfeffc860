import type { LlamaContext } from 'node-llama-cpp'
import { createThreadChoice } from './thread-choice.ts'

/** What 3.22.1 of node-llama-cpp has but does not declare: its native context, told of each batch its size, its threads, then to go. */
type NativeContext = {
  initBatch(rows: number): void
  setThreads(threads: number): void
  decodeBatch(): Promise<unknown>
}

/**
 * Has a context on the CPU use one thread fewer where that is faster, as `createThreadChoice` finds out. False where this version of the
 * library cannot be told: it then uses all threads always, which is only slower. One reason why package.json pins the exact version.
 */
export function adaptThreads(context: LlamaContext): boolean {
  const native = '_ctx' in context ? context._ctx : undefined
  if (!isNative(native)) return false
  const initBatch = native.initBatch.bind(native)
  const setThreads = native.setThreads.bind(native)
  const decodeBatch = native.decodeBatch.bind(native)
  const choice = createThreadChoice()
  let rows = 0
  let spare = false
  replace(native, 'initBatch', (size) => {
    rows = size
    initBatch(size)
  })
  replace(native, 'setThreads', (threads) => {
    spare = threads > 1 && choice.spare(rows)
    setThreads(spare ? threads - 1 : threads)
  })
  replace(native, 'decodeBatch', async () => {
    const started = performance.now()
    const decoded = await decodeBatch()
    choice.took(rows, spare, performance.now() - started)
    return decoded
  })
  return true
}

function isNative(native: unknown): native is NativeContext {
  return typeof native === 'object' && native !== null && METHODS.every((name) => isMethod(native, name))
}

function isMethod(native: object, name: string): boolean {
  return typeof Reflect.get(native, name) === 'function'
}

const METHODS = ['initBatch', 'setThreads', 'decodeBatch'] as const

/** The native object's own methods lie on its prototype and cannot be assigned. */
function replace<Name extends keyof NativeContext>(
  native: NativeContext,
  name: Name,
  value: NativeContext[Name],
): void {
  Object.defineProperty(native, name, { value, configurable: true })
}
