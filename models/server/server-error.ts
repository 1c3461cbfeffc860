import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai'
import { ModelError, type ModelErrorCode } from '../model-error.ts'

/** Says what a failed request to a model server means for the person who configured it. */
export function serverError(baseUrl: string, cause: unknown): ModelError {
  if (cause instanceof ModelError) return cause
  if (cause instanceof APIConnectionTimeoutError) return serverSilent(baseUrl, cause)
  if (cause instanceof APIConnectionError)
    return failure(cause, 'unreachable', `The model server at ${baseUrl} cannot be reached (${reason(cause)}).`, [
      'Check that it is running and that ROWBOT_SERVER_URL is right (it mostly ends in /v1);',
      'ROWBOT_MODEL=embedded answers without a server.',
    ])
  if (cause instanceof APIError && cause.status !== undefined) return statusError(baseUrl, cause.status, cause)
  return failure(
    cause,
    'bad-response',
    `The model server at ${baseUrl} sent something that is no answer, or broke off.`,
    [
      'Try again. If it happens again, look into the log of the server:',
      'is it OpenAI-compatible (llama-server, vLLM, Ollama) and is the address that of its API?',
    ],
  )
}

export function serverSilent(baseUrl: string, cause?: unknown): ModelError {
  return failure(cause, 'timed-out', `The model server at ${baseUrl} did not answer in time.`, [
    'It may be busy, or the model too big for its machine: try again, or choose a smaller model there.',
  ])
}

function statusError(baseUrl: string, status: number, cause: APIError): ModelError {
  if (status === 401 || status === 403)
    return failure(cause, 'unauthorised', `The model server at ${baseUrl} does not accept the key.`, [
      'Set ROWBOT_SERVER_API_KEY to a key of that server.',
    ])
  if (status === 404)
    return failure(cause, 'unknown-model', `The model server at ${baseUrl} does not know the address or the model.`, [
      'Check ROWBOT_SERVER_URL (it mostly ends in /v1) and ROWBOT_SERVER_MODEL.',
    ])
  if (status === 429)
    return failure(cause, 'overloaded', `The model server at ${baseUrl} has too much to do or its quota is used up.`, [
      'Wait a little and ask again.',
    ])
  if (status === 400 && /context (size|length|window)|maximum context|too long/i.test(cause.message))
    return failure(cause, 'prompt-too-long', `The question and its schema are too long for the model at ${baseUrl}.`, [
      'Ask a shorter question, or give the model more context on the server (llama-server: -c; Ollama: num_ctx).',
    ])
  return failure(cause, 'server-failed', `The model server at ${baseUrl} failed (HTTP ${status}): ${said(cause)}`, [
    status >= 500 ? 'Look into the log of the server.' : 'The server refused the request; its log says more.',
  ])
}

function failure(cause: unknown, code: ModelErrorCode, message: string, advice: string[]): ModelError {
  return new ModelError({ code, message, advice: advice.join(' '), cause })
}

/** The first line of what the server said, shortened: it goes into a message for a person. */
function said(cause: APIError): string {
  return cause.message.replace(/\s+/g, ' ').slice(0, 200)
}

function reason(cause: APIConnectionError): string {
  let deepest: unknown = cause
  while (deepest instanceof Error && deepest.cause) deepest = deepest.cause
  if (deepest instanceof Error && 'code' in deepest && typeof deepest.code === 'string') return deepest.code
  return deepest instanceof Error ? deepest.message : String(deepest)
}
