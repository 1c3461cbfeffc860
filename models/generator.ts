/** One message of a chat prompt. */
export type Message = { role: 'system' | 'user' | 'assistant'; content: string }

export type GenerateRequest = {
  messages: Message[]
  /** How many leading messages belong to the schema and stay the same from question to question: their evaluation is kept. */
  keptMessages: number
  /** Number of candidates. The first is greedy when temperature is 0; with several, temperature must be above 0. */
  count: number
  temperature: number
  topP?: number
  /** The first candidate is greedy although the temperature is above 0; the others are sampled. */
  greedyFirst?: boolean
  /** Makes sampling repeatable: the same request with the same seed gives the same candidates. Default 0. */
  seed?: number
  maxTokens: number
  /** Generation ends before any of these texts. */
  stop: string[]
  /** GBNF grammar that the text must follow; ignored (and said so by `capabilities`) where the backend has none. */
  grammar?: string
  /** Text with which the assistant's message already begins. */
  prefill?: string
  /** The text begins with anything but the first token of this one. Only a local model without a grammar heeds it. */
  withhold?: string
  /** Called with each new piece of the first candidate. */
  onText?: (piece: string) => void
  /** Called with each candidate once it is finished (by some servers only once all are), so that whoever has enough can abort. */
  onCandidate?: (generation: Generation) => void
  signal?: AbortSignal
}

/**
 * A generated text, without prefill and stop text. `logProb` is the sum of the natural log-probabilities, at temperature 1 and without the
 * grammar, of its `tokens` tokens; null where the backend gives none. finished: 'stop' where the model or a stop text ended it.
 * `withheldLogProb`: how likely it would have begun with what was withheld (below the likeliest tokens, at most so likely).
 */
export type Generation = {
  text: string
  logProb: number | null
  tokens: number
  finished: 'stop' | 'length'
  withheldLogProb?: number
}

/** What makes two runs comparable: goes into every trace. */
export type ModelIdentity = { name: string; hash: string; adapter?: string; contextTokens: number }

/** A language model. Several calls may be under way at once; they do not mix. */
export type Generator = {
  identity: ModelIdentity
  capabilities: { grammar: boolean; logProb: boolean; keepsPrefix: boolean }
  /** Candidates in the order of their making: a greedy one comes first. Rejects with the signal's reason when aborted, with a ModelError when the backend fails. */
  generate(request: GenerateRequest): Promise<Generation[]>
  countTokens(text: string): number
  /** Evaluates the kept messages ahead of the first question. */
  warm?(messages: Message[], signal?: AbortSignal): Promise<void>
  close(): Promise<void>
}
