/** An error as Slack answers it: `ok: false` with a code and what belongs to it. */
export class SlackRefusal extends Error {
  override readonly name = 'SlackRefusal'
  readonly code: string
  readonly more: Record<string, unknown>

  constructor(code: string, more: Record<string, unknown> = {}) {
    super(code)
    this.code = code
    this.more = more
  }
}
