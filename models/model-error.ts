export type ModelErrorCode =
  | 'not-found'
  | 'not-a-model'
  | 'truncated'
  | 'shard-missing'
  | 'not-a-language-model'
  | 'unknown-architecture'
  | 'unknown-chat-format'
  | 'adapter-refused'
  | 'no-gpu'
  | 'no-memory'
  | 'load-failed'
  | 'prompt-too-long'
  | 'bad-grammar'
  | 'generation-failed'
  | 'closed'
  | 'unreachable'
  | 'unauthorised'
  | 'unknown-model'
  | 'overloaded'
  | 'server-failed'
  | 'bad-response'
  | 'timed-out'
  | 'download-failed'
  | 'wrong-checksum'
  | 'disk-full'
  | 'cannot-write'

/**
 * Something about a model, or the machine or server it runs on, is not as it must be. `message` says what happened and `advice` what to
 * do next, both for a person; `code` is for programs and never changes its meaning.
 */
export class ModelError extends Error {
  override readonly name = 'ModelError'
  readonly code: ModelErrorCode
  readonly advice: string

  constructor({
    code,
    message,
    advice,
    cause,
  }: { code: ModelErrorCode; message: string; advice: string; cause?: unknown }) {
    super(message, { cause })
    this.code = code
    this.advice = advice
  }
}
