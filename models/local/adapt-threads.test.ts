import type { LlamaContext } from 'node-llama-cpp'
import { describe, expect, test } from 'vitest'
import { availableCores } from '../hardware.ts'
import { EMBEDDED_SHARDS, WITHOUT_SHARDS } from '../testing/embedded-shards.ts'
import { adaptThreads } from './adapt-threads.ts'
import { loadLlama } from './load-llama.ts'
import { checkModelFile } from './model-file.ts'

test('a library of another make is left as it is', () => {
  expect(adaptThreads({} as LlamaContext)).toBe(false)
  expect(adaptThreads({ _ctx: { setThreads: () => {} } } as unknown as LlamaContext)).toBe(false)
})

describe.skipIf(EMBEDDED_SHARDS === null || availableCores() < 2)(`on two cores${WITHOUT_SHARDS}`, () => {
  test('a prompt is read with all threads, a single token with one fewer', async () => {
    const { llama, model, context } = await loadLlama({
      file: await checkModelFile(EMBEDDED_SHARDS as string),
      gpu: 'off',
      threads: 2,
      contextTokens: 256,
      sequences: 1,
      memoryBytes: Number.POSITIVE_INFINITY,
    })
    try {
      const sequence = context.getSequence()
      const tokens = model.tokenize('SELECT name FROM customers WHERE country = ')
      await sequence.evaluateWithoutGeneratingNewTokens(tokens)
      expect(context.currentThreads).toBe(2)
      await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(0, 1))
      expect(context.currentThreads).toBe(1)
    } finally {
      await llama.dispose()
    }
  }, 60_000)
})
