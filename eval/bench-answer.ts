import { cpus } from 'node:os'
import type { Generator } from '#models/generator.ts'
import type { DatasetCase } from './datasets/dataset-case.ts'
import { type CaseResult, quantile } from './evaluate.ts'
import { processTreeMemory } from './process-memory.ts'

/** The same model, but for the kept prefix: every prompt begins differently, so that all of it is read anew. */
export function withoutKeptPrefix(generator: Generator): Generator {
  let count = 0
  return {
    ...generator,
    generate: (request) => {
      const [first, ...rest] = request.messages
      const messages = first ? [{ ...first, content: `(${count++}) ${first.content}` }, ...rest] : []
      return generator.generate({ ...request, messages, keptMessages: 0 })
    },
  }
}

export type Speed = { promptTokens: number; promptTokensPerSecond: number; generatedTokensPerSecond: number }

/** Plain greedy decoding of the model: reading about 512 tokens and writing 128, as llama-bench does; medians of five runs. */
export async function measureSpeed(generator: Generator): Promise<Speed> {
  const fresh = withoutKeptPrefix(generator)
  const text = 'The shop keeps a list of all orders with their dates. '.repeat(46)
  const runs: { readMs: number; writeMs: number; tokens: number }[] = []
  for (let run = 0; run < 5; run++) {
    const read = await timeAndTokens(fresh, text, 1)
    const { ms, tokens } = await timeAndTokens(fresh, text, 129)
    runs.push({ readMs: read.ms, writeMs: ms - read.ms, tokens: tokens - read.tokens })
  }
  const promptTokens = generator.countTokens(text)
  return {
    promptTokens,
    promptTokensPerSecond:
      promptTokens /
      (quantile(
        runs.map((run) => run.readMs),
        0.5,
      ) /
        1000),
    generatedTokensPerSecond: quantile(
      runs.map((run) => run.tokens / (run.writeMs / 1000)),
      0.5,
    ),
  }
}

async function timeAndTokens(
  generator: Generator,
  text: string,
  maxTokens: number,
): Promise<{ ms: number; tokens: number }> {
  const started = performance.now()
  const [generation] = await generator.generate({
    messages: [{ role: 'user', content: `${text}\nCount from 1 to 500, every number on its own line.` }],
    keptMessages: 0,
    count: 1,
    temperature: 0,
    maxTokens,
    stop: [],
  })
  return { ms: performance.now() - started, tokens: generation?.tokens ?? 0 }
}

/** Times of the questions that were not the first on their database: those whose schema had been read already. */
export function warmTimes(cases: DatasetCase[], results: CaseResult[]): number[] {
  const seen = new Set<string>()
  return results
    .filter((_, index) => {
      const database = cases[index]?.database ?? ''
      const warm = seen.has(database)
      seen.add(database)
      return warm
    })
    .map((result) => result.ms)
}

/** What the figures were measured on, and what the program takes. */
export function processMemoryText(): string {
  const [first] = cpus()
  const memory = processTreeMemory()
  const pss = memory === null ? 'not told by this system' : `${Math.round(memory / 1e6)} MB`
  return `${first?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}; memory of the process tree (PSS): ${pss}`
}
