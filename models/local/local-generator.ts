import { createHash } from 'node:crypto'
import type { Llama, LlamaContext, LlamaContextSequence, LlamaGrammar, LlamaModel, Token } from 'node-llama-cpp'
import { type ChatFormat, tokenizePieces } from '../chat-format.ts'
import type { GenerateRequest, Generation, Generator, Message, ModelIdentity } from '../generator.ts'
import { ModelError } from '../model-error.ts'
import { untilAborted } from '../until-aborted.ts'
import { copySequence } from './copy-sequence.ts'
import { createLockstep, type Lockstep } from './lockstep.ts'
import type { PrefixStore } from './prefix-store.ts'
import { type Reading, readPrompt } from './read-prompt.ts'
import { createSlots, type Slots } from './slots.ts'
import { writeCandidate } from './write-candidate.ts'

export type LocalParts = {
  llama: Llama
  model: LlamaModel
  context: LlamaContext
  identity: ModelIdentity
  format: ChatFormat
  prefixes: PrefixStore
  /** What makes an evaluated prefix worthless for another model, adapter or version. */
  stateKey: string
  onClose: () => Promise<void>
}

type Prompt = { tokens: Token[]; kept: Reading['kept'] }

/** A request under way: what every candidate of it needs. */
type Job = {
  parts: LocalParts
  slots: Slots
  lockstep: Lockstep
  request: GenerateRequest
  prompt: Prompt
  grammar?: LlamaGrammar
  signal: AbortSignal
}

/** An answer cut off after fewer tokens is of no use. */
const MIN_ANSWER_TOKENS = 16

/** A generator over a loaded model, which it owns and closes. */
export function createLocalGenerator(parts: LocalParts): Generator {
  const { llama, model, context, identity, prefixes } = parts
  const slots = createSlots(Array.from({ length: context.totalSequences }, () => context.getSequence()))
  const lockstep = createLockstep()
  const warming = new Map<string, Promise<void>>()
  const closing = new AbortController()
  const signalOf = (signal?: AbortSignal) => (signal ? AbortSignal.any([signal, closing.signal]) : closing.signal)

  return {
    identity,
    capabilities: { grammar: true, logProb: true, keepsPrefix: true },
    async generate(request) {
      const signal = signalOf(request.signal)
      signal.throwIfAborted()
      checkRequest(request)
      const prompt = promptOf(parts, request)
      const grammar = request.grammar === undefined ? undefined : await grammarOf(llama, request.grammar)
      // Who asks while the schema is being read waits for it rather than read it a second time beside it.
      await untilAborted(warming.get(prompt.kept.key) ?? Promise.resolve(), signal).catch(() => signal.throwIfAborted())
      return await untilAborted(runJob({ parts, slots, lockstep, request, prompt, grammar, signal }), signal)
    },
    countTokens: (text) => model.tokenize(text, false).length,
    async warm(messages, given) {
      const signal = signalOf(given)
      signal.throwIfAborted()
      const { tokens, kept } = promptOf(parts, { messages, keptMessages: messages.length })
      const work = warmUp(tokens.slice(0, kept.tokens), kept, signal).finally(() => warming.delete(kept.key))
      warming.set(kept.key, work)
      await untilAborted(work, signal)
    },
    async close() {
      if (closing.signal.aborted) return
      const closed = new ModelError({
        code: 'closed',
        message: 'The model was closed while it was working.',
        advice: 'Ask again once Rowbot has started again.',
      })
      closing.abort(closed)
      await slots.drain(closed)
      await llama.dispose()
      await parts.onClose()
    },
  }

  async function warmUp(tokens: Token[], kept: Prompt['kept'], signal: AbortSignal): Promise<void> {
    const sequence = await slots.take(tokens, signal)
    try {
      // The lowest priority: whoever already waits for an answer goes first.
      await readPrompt({ sequence, tokens, kept, prefixes, priority: 1, signal })
    } finally {
      slots.giveBack(sequence)
    }
  }
}

function checkRequest({ count, temperature, greedyFirst }: GenerateRequest): void {
  const greedy = temperature <= 0 ? count : Number(greedyFirst === true)
  if (count < 1 || greedy > 1) throw new RangeError('several candidates need a temperature above 0')
}

function promptOf(
  { model, format, identity, stateKey, prefixes }: LocalParts,
  { messages, keptMessages, prefill }: { messages: Message[]; keptMessages: number; prefill?: string },
): Prompt {
  const tokenize = (text: string, control: boolean) => model.tokenize(text, control)
  const kept = tokenizePieces(format.renderMessages(messages.slice(0, keptMessages)), tokenize)
  const rest = tokenizePieces(
    [...format.renderMessages(messages.slice(keptMessages)), ...format.renderReply(prefill ?? '')],
    tokenize,
  )
  const tokens = [...kept, ...rest]
  if (tokens.length + MIN_ANSWER_TOKENS > identity.contextTokens) throw tooLong(tokens.length, identity.contextTokens)
  const key = createHash('sha256')
    .update(`${stateKey}\n${kept.join(' ')}`)
    .digest('hex')
  return { tokens, kept: { tokens: kept.length, key, forgets: prefixes.forgets() } }
}

function tooLong(tokens: number, contextTokens: number): ModelError {
  return new ModelError({
    code: 'prompt-too-long',
    message: `The question and the part of the database's schema that it needs have ${tokens} tokens; the model was given room for ${contextTokens}.`,
    advice: 'Ask a shorter question, or raise ROWBOT_CONTEXT_TOKENS (more memory is then needed).',
  })
}

async function grammarOf(llama: Llama, grammar: string): Promise<LlamaGrammar> {
  try {
    return await llama.createGrammar({ grammar })
  } catch (cause) {
    throw new ModelError({
      code: 'bad-grammar',
      message: 'The grammar that was to constrain the answer is not valid GBNF.',
      advice: 'Report this with the log: the grammar is made by Rowbot.',
      cause,
    })
  }
}

/** One sequence reads the prompt; those that are free as well get a copy; each then writes candidates until there are enough. */
async function runJob(job: Job): Promise<Generation[]> {
  const { parts, slots, request, prompt } = job
  const failing = new AbortController()
  const signal = AbortSignal.any([job.signal, failing.signal])
  const first = await slots.take(prompt.tokens, signal)
  const taken = [first]
  try {
    await read(job, first, signal)
    taken.push(...slots.takeFree(request.count - 1))
    for (const other of taken.slice(1)) if (!(await copySequence(first, other))) await read(job, other, signal)
    const candidates = Array.from({ length: request.count }, (_, index) => index)
    const made: Generation[] = []
    const work = async (sequence: LlamaContextSequence) => {
      for (let index = candidates.shift(); index !== undefined; index = candidates.shift()) {
        const generation = await write(job, sequence, index, signal)
        made[index] = generation
        request.onCandidate?.(generation)
      }
    }
    await allOrNone(taken.map(work), failing)
    return made
  } catch (error) {
    job.signal.throwIfAborted()
    throw error instanceof ModelError ? error : generationFailed(parts.identity.name, error)
  } finally {
    for (const sequence of taken) slots.giveBack(sequence)
  }
}

function read({ parts, prompt }: Job, sequence: LlamaContextSequence, signal: AbortSignal): Promise<void> {
  return readPrompt({
    sequence,
    tokens: prompt.tokens.slice(0, -1),
    kept: prompt.kept,
    prefixes: parts.prefixes,
    signal,
  })
}

async function write(
  { parts, lockstep, request, prompt, grammar }: Job,
  sequence: LlamaContextSequence,
  index: number,
  signal: AbortSignal,
): Promise<Generation> {
  // A sequence that has written one candidate goes back to the prompt before the next.
  await sequence.adaptStateToTokens(prompt.tokens.slice(0, -1), false)
  return await writeCandidate({
    model: parts.model,
    sequence,
    lastPromptToken: prompt.tokens.at(-1) as Token,
    temperature: index === 0 && request.greedyFirst ? 0 : request.temperature,
    topP: request.topP ?? 1,
    seed: (request.seed ?? 0) * 1_000_003 + index,
    maxTokens: Math.min(request.maxTokens, parts.identity.contextTokens - prompt.tokens.length - 1),
    stop: request.stop,
    withheld: request.withhold === undefined ? undefined : parts.model.tokenize(request.withhold, false)[0],
    grammar,
    lockstep,
    onText: index === 0 ? request.onText : undefined,
    signal,
  })
}

/** Waits for all, even when one fails: the sequences must be idle before they are given back. */
async function allOrNone(works: Promise<void>[], failing: AbortController): Promise<void> {
  for (const work of works) work.catch((error) => failing.abort(error))
  const results = await Promise.allSettled(works)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failing.signal.reason
}

function generationFailed(name: string, cause: unknown): ModelError {
  return new ModelError({
    code: 'generation-failed',
    message: `The model ${name} failed while it was writing.`,
    advice: 'Try again. If it happens again, run `rowbot doctor`: memory may be short, or the model file damaged.',
    cause,
  })
}
