import { APIError, type OpenAI } from 'openai'
import type { ChatCompletionChunk } from 'openai/resources/chat/completions'
import type { GenerateRequest, Generation } from '../generator.ts'
import { createTextStream } from '../text-stream.ts'
import type { RemoteModel } from './find-remote-model.ts'
import { serverSilent } from './server-error.ts'

export type RemoteWriting = {
  client: OpenAI
  baseUrl: string
  model: RemoteModel
  timeoutMs: number
  request: GenerateRequest
  signal: AbortSignal
}

/** One candidate as its pieces come in. */
type Draft = { text: string; tokens: number; logProb: number | null; ended: 'stop' | 'length' | null }

/**
 * Candidates from the server, streamed. Servers that make fewer than asked for (Ollama makes one) are asked again for the rest. Stop
 * texts are looked for here and not sent: where a model repeats the prefill, the server would stop before the answer began.
 */
export async function writeRemotely(writing: RemoteWriting): Promise<Generation[]> {
  const { request } = writing
  const made = await writeOnce(writing, request)
  const missing = request.count - made.length
  if (missing <= 0) return made.slice(0, request.count)
  const rest = Array.from({ length: missing }, (_, index) => ({
    ...request,
    count: 1,
    seed: (request.seed ?? 0) + index + 1,
    onText: undefined,
  }))
  return [...made, ...(await Promise.all(rest.map((one) => writeOnce(writing, one)))).flatMap((one) => one.slice(0, 1))]
}

async function writeOnce(writing: RemoteWriting, request: GenerateRequest): Promise<Generation[]> {
  const { client, model, signal } = writing
  const silence = new AbortController()
  const stream = await send(client, model, request, AbortSignal.any([signal, silence.signal]))
  const drafts: Draft[] = []
  const first = createTextStream(continues(model) ? request.stop : [], continues(model) ? request.onText : undefined)
  for await (const chunk of withoutSilence(stream, writing, silence)) {
    for (const choice of chunk.choices ?? []) if (choice.index < request.count) add(drafts, choice)
    if (drafts[0] && first.update(afterPrefill(drafts[0].text, request, model)) && request.count === 1) {
      drafts[0].ended = 'stop'
      break
    }
  }
  signal.throwIfAborted()
  first.finish()
  if (drafts.length === 0) throw new Error('the answer was empty')
  return finished(drafts, writing)
}

function finished(drafts: Draft[], { request, model }: RemoteWriting): Generation[] {
  const generations = drafts.map((draft) => generationOf(draft, request, model))
  // What a server writes around the query is only known at the end, so nothing could be shown before.
  if (!continues(model) && generations[0]) request.onText?.(generations[0].text)
  for (const generation of generations) request.onCandidate?.(generation)
  return generations
}

type Body = OpenAI.ChatCompletionCreateParamsStreaming

/** Servers that refuse a request for what they do not know in it (log-probabilities, n, seed) get it again without. */
async function send(client: OpenAI, model: RemoteModel, request: GenerateRequest, signal: AbortSignal) {
  const body = bodyOf(model, request)
  try {
    return await client.chat.completions.create(body, { signal })
  } catch (error) {
    if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) throw error
    const { logprobs: _logprobs, n: _n, seed: _seed, ...plain } = body
    return await client.chat.completions.create(plain, { signal })
  }
}

function bodyOf(model: RemoteModel, request: GenerateRequest): Body {
  const prefill = request.prefill !== undefined && continues(model)
  return {
    model: model.id,
    messages: [...request.messages, ...(prefill ? [{ role: 'assistant' as const, content: request.prefill }] : [])],
    stream: true,
    temperature: request.temperature,
    max_tokens: request.maxTokens,
    logprobs: true,
    seed: request.seed ?? 0,
    ...(request.count > 1 && { n: request.count }),
    ...(request.topP !== undefined && { top_p: request.topP }),
    ...(prefill && model.kind === 'vllm' && { continue_final_message: true, add_generation_prompt: false }),
    ...(request.grammar !== undefined && model.kind === 'llamacpp' && { grammar: request.grammar }),
  }
}

/** Whether the server goes on with a message of the assistant that stands last. Others would take it for a finished one. */
function continues({ kind }: RemoteModel): boolean {
  return kind !== 'other'
}

/** The client's own time limit ends with the first byte; this one holds for every pause. */
async function* withoutSilence(
  stream: AsyncIterable<ChatCompletionChunk>,
  { baseUrl, timeoutMs }: RemoteWriting,
  silence: AbortController,
): AsyncGenerator<ChatCompletionChunk> {
  let timer = setTimeout(() => silence.abort(), timeoutMs)
  try {
    for await (const chunk of stream) {
      clearTimeout(timer)
      yield chunk
      timer = setTimeout(() => silence.abort(), timeoutMs)
    }
    if (silence.signal.aborted) throw serverSilent(baseUrl)
  } finally {
    clearTimeout(timer)
  }
}

function add(drafts: Draft[], choice: ChatCompletionChunk.Choice): void {
  drafts[choice.index] ??= { text: '', tokens: 0, logProb: null, ended: null }
  const draft = drafts[choice.index] as Draft
  draft.text += choice.delta?.content ?? ''
  for (const { logprob } of choice.logprobs?.content ?? []) {
    draft.logProb = (draft.logProb ?? 0) + logprob
    draft.tokens++
  }
  if (choice.finish_reason) draft.ended = choice.finish_reason === 'length' ? 'length' : 'stop'
}

function generationOf(draft: Draft | undefined, request: GenerateRequest, model: RemoteModel): Generation {
  if (!draft?.ended) throw new Error('the answer broke off')
  const text = afterPrefill(draft.text, request, model)
  const final = createTextStream(continues(model) || text !== draft.text ? request.stop : [])
  const stopped = final.update(text)
  return {
    text: final.finish(),
    logProb: draft.logProb,
    tokens: draft.tokens,
    finished: stopped ? 'stop' : draft.ended,
  }
}

/** llama-server sends the prefill again before it goes on; a chatty model elsewhere repeats it by itself, after a greeting perhaps. */
function afterPrefill(text: string, { prefill = '' }: GenerateRequest, model: RemoteModel): string {
  const beginning = prefill.trimEnd()
  if (continues(model)) {
    const echo = [prefill, beginning].find((one) => text.startsWith(one)) ?? ''
    return prefill.startsWith(text) ? '' : text.slice(echo.length)
  }
  const index = beginning === '' ? -1 : text.indexOf(beginning)
  return index === -1 ? text : text.slice(index + beginning.length)
}
