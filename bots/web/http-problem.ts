import type { Advised } from '#core/rowbot-error.ts'
import { RowbotError } from '#core/rowbot-error.ts'

export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 421 | 429 | 503

/** Something that is wrong with a request, and the HTTP status that says so. */
export class HttpProblem extends RowbotError {
  readonly status: ProblemStatus
  readonly retryAfterSeconds: number | undefined

  constructor(status: ProblemStatus, advised: Advised, options: { retryAfterSeconds?: number } = {}) {
    super(advised)
    this.status = status
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** The problem of asking for what is not there (or not for this person). */
export function notFound(what: string): HttpProblem {
  return new HttpProblem(404, {
    code: 'not-found',
    message: `There is no ${what} here.`,
    advice: 'It may have been removed. Go back to the start page and choose again.',
  })
}
