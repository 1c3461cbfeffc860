import type { Generator } from '#models/generator.ts'

/** What a model did for one question. */
export type Metered = { tokens: number; generatingMs: number }

/** The same model, counting what it writes and how long it takes for that, by the given clock in ms. */
export function meter(generator: Generator, elapsedMs: () => number): { generator: Generator; read(): Metered } {
  const sum: Metered = { tokens: 0, generatingMs: 0 }
  return {
    generator: {
      ...generator,
      async generate(request) {
        const started = elapsedMs()
        try {
          const generations = await generator.generate(request)
          for (const { tokens } of generations) sum.tokens += tokens
          return generations
        } finally {
          sum.generatingMs += elapsedMs() - started
        }
      },
    },
    read: () => ({ ...sum }),
  }
}
