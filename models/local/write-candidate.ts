import type { LlamaContextSequence, LlamaGrammar, LlamaModel, Token } from 'node-llama-cpp'
import { LlamaGrammarEvaluationState } from 'node-llama-cpp'
import type { Generation } from '../generator.ts'
import { createTextStream } from '../text-stream.ts'
import { chooseToken, seededRandom, withholdToken } from './choose-token.ts'
import { isLooping } from './is-looping.ts'
import type { Lockstep } from './lockstep.ts'

/**
 * The likeliest tokens that are looked at for each step. What lies beyond the first 128 has a probability of nearly nothing in SQL, and
 * llama.cpp sorts so few without sorting the whole vocabulary, which would take as long as a tenth of the evaluation itself.
 */
const TOP_TOKENS = 128

export type Writing = {
  model: LlamaModel
  /** Holds the evaluated prompt but for `lastPromptToken`. */
  sequence: LlamaContextSequence
  lastPromptToken: Token
  temperature: number
  topP: number
  seed: number
  maxTokens: number
  stop: string[]
  /** The candidate does not begin with it, unless a grammar leads. */
  withheld?: Token
  grammar?: LlamaGrammar
  lockstep: Lockstep
  onText?: (piece: string) => void
  signal?: AbortSignal
}

/** Writes one candidate. Afterwards the sequence holds the prompt and the candidate's tokens. Rejects with the signal's reason. */
export async function writeCandidate(writing: Writing): Promise<Generation> {
  const { model, sequence, maxTokens, stop, onText, signal } = writing
  const promptLength = sequence.nextTokenIndex
  const stream = createTextStream(stop, onText)
  const tokens: Token[] = []
  const steps = writing.grammar ? grammarSteps(writing, writing.grammar) : freeSteps(writing)
  let finished: Generation['finished'] = 'length'
  let logProb = 0
  let withheldLogProb: number | undefined
  for await (const step of steps) {
    signal?.throwIfAborted()
    logProb += step.logProb
    withheldLogProb ??= step.withheldLogProb
    if (model.isEogToken(step.token)) {
      finished = 'stop'
      break
    }
    tokens.push(step.token)
    if (stream.update(model.detokenize(tokens))) finished = 'stop'
    if (finished === 'stop' || tokens.length >= maxTokens || isLooping(tokens)) break
  }
  if (writing.grammar) logProb = await scoreTokens(writing, promptLength, tokens)
  const generation = { text: stream.finish(), logProb, tokens: tokens.length, finished }
  return withheldLogProb === undefined ? generation : { ...generation, withheldLogProb }
}

type Step = { token: Token; logProb: number; withheldLogProb?: number }

async function* freeSteps({
  sequence,
  lastPromptToken,
  temperature,
  topP,
  seed,
  withheld,
  lockstep,
}: Writing): AsyncGenerator<Step> {
  const random = seededRandom(seed)
  let token = lastPromptToken
  for (let isFirst = true; ; isFirst = false) {
    const evaluated = token
    const logits = await lockstep(() => likeliestTokens(sequence, evaluated))
    const withheldLogProb = isFirst && withheld !== undefined ? withholdToken(logits, withheld) : undefined
    const step = chooseToken(logits, { temperature, topP, random })
    yield { ...step, withheldLogProb }
    token = step.token
  }
}

async function likeliestTokens(sequence: LlamaContextSequence, token: Token): Promise<Map<Token, number>> {
  const generateNext = {
    logits: { filter: { tokens: [], includeTop: TOP_TOKENS } },
    // Temperature 1 and no nucleus leave the logits as they are; the draw of llama.cpp itself is not used.
    options: { temperature: 1, topP: 1, topK: TOP_TOKENS, seed: 0 },
  }
  const [output] = await sequence.controlledEvaluate([[token, { generateNext }]])
  if (!output?.next.logits) throw new Error('llama.cpp gave no logits')
  return output.next.logits
}

/** Under a grammar llama.cpp chooses itself. It checks its choice first and the whole vocabulary only where that is refused. */
async function* grammarSteps(
  { model, sequence, lastPromptToken, temperature, topP, seed, lockstep }: Writing,
  grammar: LlamaGrammar,
): AsyncGenerator<Step> {
  const grammarEvaluationState = new LlamaGrammarEvaluationState({ model, grammar })
  const options = { temperature, topP, topK: TOP_TOKENS, seed, grammarEvaluationState, yieldEogToken: true }
  const tokens = sequence.evaluate([lastPromptToken], options)
  try {
    while (true) {
      const { done, value: token } = await lockstep(() => tokens.next())
      if (done) return
      yield { token, logProb: 0 }
    }
  } finally {
    await tokens.return()
  }
}

/**
 * Log-probability of tokens that were chosen under a grammar, as the model alone would have it: one more reading of them in a batch. To
 * ask for it while choosing would run the grammar over the whole vocabulary for every token, and give probabilities among what it allows.
 */
async function scoreTokens(
  { sequence, lastPromptToken, signal }: Writing,
  promptLength: number,
  tokens: Token[],
): Promise<number> {
  if (tokens.length === 0) return 0
  await sequence.eraseContextTokenRanges([{ start: promptLength, end: sequence.nextTokenIndex }])
  const inputs = [lastPromptToken, ...tokens.slice(0, -1)]
  const outputs = await sequence.controlledEvaluate(
    inputs.map((input, index) => {
      const logits = { filter: { tokens: [tokens[index] as Token], includeSelected: true } }
      const generateNext = { token: true, totalLogitWeight: true, logits, options: { temperature: 0 } }
      return [input, { generateNext }]
    }),
  )
  signal?.throwIfAborted()
  return tokens.reduce((sum, token, index) => {
    const next = outputs[index]?.next
    const best = next?.token === null || next?.token === undefined ? undefined : next.logits?.get(next.token)
    const own = next?.logits?.get(token)
    if (next?.totalLogitWeight === undefined || best === undefined || own === undefined)
      throw new Error('llama.cpp gave no logits')
    return sum + own - best - Math.log(next.totalLogitWeight)
  }, 0)
}
