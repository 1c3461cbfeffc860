import { cpus } from 'node:os'
import type { Generator } from '#models/generator.ts'
import { askOnce } from './ask-once.ts'
import type { DatasetCase } from './datasets/dataset-case.ts'
import { readHeldBack } from './datasets/held-back.ts'
import type { Measured } from './measured.ts'
import { processTreeMemory } from './process-memory.ts'
import { quantile } from './statistics/quantile.ts'

/**
 * Time from question to rows once a database's schema has been read (warm), with the kept prefix and, on the same questions in the same
 * run, without it; speed of plain decoding; memory of the process tree. Prints medians and one line of JSON.
 */
export async function benchAnswer(
  measured: Measured,
  { spider, limit }: { spider: string; limit: number },
): Promise<void> {
  const cases = await readHeldBack(spider, limit)
  const speed = await measureSpeed(measured.generator)
  const kept = await warmTimes(measured, cases, measured.generator)
  const memory = processMemoryText()
  const unkept = await warmTimes(measured, cases, withoutKeptPrefix(measured.generator))
  const quantiles = (times: number[]) => ({
    n: times.length,
    p50Ms: Math.round(quantile(times, 0.5)),
    p95Ms: Math.round(quantile(times, 0.95)),
  })
  measured.print(memory)
  measured.print(JSON.stringify({ speed, warm: quantiles(kept), withoutKeptPrefix: quantiles(unkept) }))
}

/** The same model, but for the kept prefix: every prompt begins differently, so that all of it is read anew. */
function withoutKeptPrefix(generator: Generator): Generator {
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

type Speed = { promptTokens: number; promptTokensPerSecond: number; generatedTokensPerSecond: number }

/** Plain greedy decoding of the model: reading about 512 tokens and writing 128, as llama-bench does; medians of five runs. */
async function measureSpeed(generator: Generator): Promise<Speed> {
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

/** Times, in ms, of the questions that were not the first on their database: those whose schema had been read already. */
async function warmTimes(measured: Measured, cases: DatasetCase[], generator: Generator): Promise<number[]> {
  const { assistantOver, databases, asker, print, signal } = measured
  const assistant = assistantOver(generator)
  const seen = new Set<string>()
  const times: number[] = []
  for (const [index, { question: text, file }] of cases.entries()) {
    const database = await databases.borrow(file)
    const started = performance.now()
    const answer = await askOnce(assistant, { text, database, asker }, signal)
    const ms = performance.now() - started
    print(
      `${index + 1}/${cases.length} ${Math.round(ms)} ms: ${text}\n    ${answer.kind === 'answered' ? answer.sql : answer.reason}`,
    )
    if (seen.has(database)) times.push(ms)
    seen.add(database)
  }
  return times
}

/** What the figures were measured on, and what the program takes. */
function processMemoryText(): string {
  const [first] = cpus()
  const memory = processTreeMemory()
  const pss = memory === null ? 'not told by this system' : `${Math.round(memory / 1e6)} MB`
  return `${first?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}; memory of the process tree (PSS): ${pss}`
}
