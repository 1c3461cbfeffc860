import { createHash } from 'node:crypto'
import OpenAI from 'openai'
import type { GenerateRequest, Generation, Generator } from '../generator.ts'
import { ModelError } from '../model-error.ts'
import { findRemoteModel } from './find-remote-model.ts'
import { serverError } from './server-error.ts'
import { writeRemotely } from './write-remotely.ts'

export type ServerOptions = {
  /** Address of the API, mostly ending in /v1. */
  baseUrl: string
  apiKey?: string
  /** Without it the first model that the server lists. */
  model?: string
  /** Room for a prompt and its answer, where the server does not say. */
  contextTokens?: number
  /** Longest silence that is waited through, before the answer and within it. Default 120 s: a CPU may read a prompt for long. */
  timeoutMs?: number
  /** How often a request is repeated that failed for a reason that may pass. Default 2. */
  retries?: number
  signal?: AbortSignal
}

const DEFAULT_TIMEOUT_MS = 120_000
const DEFAULT_RETRIES = 2
/** What Ollama gives a model where nothing else is said: the smallest of the common servers. */
const DEFAULT_CONTEXT_TOKENS = 4096
/** English and SQL have three to four characters a token; counting too many is the safe side. */
const CHARACTERS_PER_TOKEN = 3

/** Connects to an OpenAI-compatible server (llama-server, vLLM, Ollama). Throws a ModelError where it is not there or lacks the model. */
export async function connectServer(options: ServerOptions): Promise<Generator> {
  const { baseUrl, timeoutMs = DEFAULT_TIMEOUT_MS, retries = DEFAULT_RETRIES } = options
  const client = new OpenAI({
    baseURL: baseUrl,
    // The client insists on a key; servers without keys ignore it.
    apiKey: options.apiKey ?? 'none',
    organization: null,
    project: null,
    timeout: timeoutMs,
    maxRetries: retries,
    logLevel: 'off',
  })
  const model = await findRemoteModel(client, options)
  const closing = new AbortController()

  return {
    identity: {
      name: model.id,
      hash: createHash('sha256').update(`${baseUrl}\n${model.id}`).digest('hex'),
      contextTokens: options.contextTokens ?? model.contextTokens ?? DEFAULT_CONTEXT_TOKENS,
    },
    capabilities: { grammar: model.kind === 'llamacpp', logProb: true, keepsPrefix: model.kind !== 'other' },
    async generate(request) {
      const signal = request.signal ? AbortSignal.any([request.signal, closing.signal]) : closing.signal
      signal.throwIfAborted()
      try {
        return await inParts(request, (part) =>
          writeRemotely({ client, baseUrl, model, timeoutMs, request: part, signal }),
        )
      } catch (error) {
        signal.throwIfAborted()
        throw serverError(baseUrl, error)
      }
    },
    countTokens: (text) => Math.ceil(text.length / CHARACTERS_PER_TOKEN),
    async close() {
      closing.abort(
        new ModelError({
          code: 'closed',
          message: 'The connection to the model server was closed while it was working.',
          advice: 'Ask again once Rowbot has started again.',
        }),
      )
    },
  }
}

/** The greedy candidate has a temperature of its own, so it is a request of its own. */
async function inParts(
  request: GenerateRequest,
  write: (part: GenerateRequest) => Promise<Generation[]>,
): Promise<Generation[]> {
  if (!request.greedyFirst || request.count === 1)
    return await write(request.greedyFirst ? { ...request, temperature: 0 } : request)
  const parts = await Promise.all([
    write({ ...request, count: 1, temperature: 0 }),
    write({ ...request, count: request.count - 1, onText: undefined }),
  ])
  return parts.flat()
}
