import type { LlamaContext } from 'node-llama-cpp'
import { describe, expect, test } from 'vitest'
import { availableCores } from '../hardware.ts'
import { EMBEDDED_SHARDS, WITHOUT_SHARDS } from '../testing/embedded-shards.ts'
import { loadLlama } from './load-llama.ts'
import { checkModelFile } from './model-file.ts'
import { spareAThread } from './spare-a-thread.ts'

test('a library of another make is left as it is', () => {
  expect(spareAThread({} as LlamaContext)).toBe(false)
  expect(spareAThread({ _ctx: { setThreads: () => {} } } as unknown as LlamaContext)).toBe(false)
})

describe.skipIf(EMBEDDED_SHARDS === null || availableCores() < 2)(`on two cores${WITHOUT_SHARDS}`, () => {
  test('a prompt is read with all threads, a single token with one fewer', async () => {
    const file = await checkModelFile(EMBEDDED_SHARDS as string)
    const { llama, model, context } = await loadLlama({
      file,
      gpu: 'off',
      threads: 2,
      contextTokens: 256,
      sequences: 1,
      memoryBytes: Number.POSITIVE_INFINITY,
    })
    try {
      const sequence = context.getSequence()
      const [last, ...tokens] = model.tokenize('SELECT name FROM customers WHERE country = ').reverse()
      await sequence.evaluateWithoutGeneratingNewTokens(tokens.reverse())
      expect(context.currentThreads).toBe(2)
      await sequence.controlledEvaluate([[last as NonNullable<typeof last>, { generateNext: { token: true } }]])
      expect(context.currentThreads).toBe(1)
    } finally {
      await llama.dispose()
    }
  })
})
