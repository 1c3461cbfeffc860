/**
 * Something about a database, or about Rowbot's own state, is not as it must be. `message` says what happened and `advice` what to do
 * next, both for a person; `code` is for programs and never changes its meaning.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly code: string
  readonly advice: string

  constructor({ code, message, advice, cause }: { code: string; message: string; advice: string; cause?: unknown }) {
    super(message, { cause })
    this.code = code
    this.advice = advice
  }
}
