import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp'
import { z } from 'zod'
import { RowbotError } from '#core/rowbot-error.ts'
import { tokenizePieces } from '#models/chat-format.ts'
import { freeMemory } from '#models/hardware.ts'
import { checkAdapterFile } from '#models/local/adapter-file.ts'
import { type GpuChoice, loadLlama } from '#models/local/load-llama.ts'
import { checkModelFile } from '#models/local/model-file.ts'

const pieces = z.array(z.object({ kind: z.enum(['control', 'text']), text: z.string() }))
const pack = z.object({ prefix: pieces, examples: z.array(z.object({ prompt: pieces, completion: pieces })) })

/** An example's tokens, and for each position that is learnt the likeliest next tokens with their logits, likeliest first. */
export type PromptLogits = { tokens: number[]; positions: { at: number; top: [token: number, logit: number][] }[] }

export type LogitsOptions = {
  /** Exported training data. */
  data: string
  prompts: number
  /** Longer examples are passed over. */
  mostTokens: number
  model: { file: string; hash?: string; adapter?: string }
  promptVersion: string
  gpu: GpuChoice
  threads: number | 'auto'
  signal: AbortSignal
}

const TOP_TOKENS = 16

/** What llama.cpp, with the model and adapter that serve, makes of exported examples: one of each rendering of a schema. */
export async function readLogits(options: LogitsOptions): Promise<PromptLogits[]> {
  const { model: asked, promptVersion, gpu, threads, mostTokens, signal } = options
  const file = await checkModelFile(asked.file)
  const use = { base: asked.hash ?? file.hash, promptVersion }
  const adapter = asked.adapter === undefined ? undefined : await checkAdapterFile(asked.adapter, use)
  const memoryBytes = freeMemory()
  const room = { contextTokens: mostTokens, sequences: 1, memoryBytes }
  const { llama, model, context } = await loadLlama({ file, adapter, gpu, threads, ...room, signal })
  try {
    const sequence = context.getSequence()
    const found: PromptLogits[] = []
    for await (const example of examplesOf(options, model)) {
      signal.throwIfAborted()
      found.push(await logitsOf(example, sequence))
      await sequence.clearHistory()
    }
    return found
  } finally {
    await llama.dispose()
  }
}

type Example = { tokens: Token[]; learnt: number }

async function* examplesOf({ data, prompts, mostTokens }: LogitsOptions, model: LlamaModel): AsyncGenerator<Example> {
  const tokenize = (text: string, isControl: boolean) => model.tokenize(text, isControl)
  let [number, given] = [0, 0]
  for await (const line of createInterface({ input: createReadStream(data), crlfDelay: Number.POSITIVE_INFINITY })) {
    number++
    if (number === 1) continue
    const { prefix, examples } = parsePack(line, data, number)
    const suited = examples
      .map(({ prompt, completion }) => {
        const learnt = tokenizePieces(completion, tokenize)
        return { tokens: [...tokenizePieces([...prefix, ...prompt], tokenize), ...learnt], learnt: learnt.length }
      })
      .find(({ tokens }) => tokens.length <= mostTokens)
    if (suited) yield suited
    if (suited && ++given === prompts) return
  }
}

function parsePack(line: string, file: string, number: number): z.infer<typeof pack> {
  try {
    return pack.parse(JSON.parse(line))
  } catch (cause) {
    throw new RowbotError({
      code: 'bad-training-data',
      message: `${file}, line ${number}: this is no line of training data.`,
      advice: 'Give a file that `rowbot train export` wrote in its own format.',
      cause,
    })
  }
}

async function logitsOf({ tokens, learnt }: Example, sequence: LlamaContextSequence): Promise<PromptLogits> {
  const first = tokens.length - learnt - 1
  const logits = { filter: { tokens: [], includeTop: TOP_TOKENS } }
  // Temperature 1 and no nucleus leave the logits as they are.
  const generateNext = { logits, options: { temperature: 1, topP: 1, topK: TOP_TOKENS, seed: 0 } }
  const inputs = tokens.slice(0, -1).map((token, at): Token | [Token, { generateNext: typeof generateNext }] => {
    return at < first ? token : [token, { generateNext }]
  })
  const outputs = await sequence.controlledEvaluate(inputs)
  const positions = outputs.flatMap((output, at) => {
    const next = output?.next.logits
    if (!next) return []
    const top = [...next]
      .sort(([, one], [, other]) => other - one)
      .map(([token, logit]): [number, number] => [token, logit])
    return [{ at, top }]
  })
  return { tokens, positions }
}
