/** What goes wrong on purpose. */
export type Faults = {
  /** The next calls of a method are refused with this error; `more` belongs to it. */
  refuse(method: string, code: string, options?: { times?: number; more?: Record<string, unknown> }): void
  /** The next calls of a method are answered 429 with Retry-After. */
  rateLimit(method: string, options: { retryAfterSeconds: number; times?: number }): void
  /** Slack answers 503 to everything until it is up again. */
  setDown(isDown: boolean): void
  /** The next calls of a method take effect, and then the connection breaks before the answer. */
  loseAnswer(method: string, options?: { times?: number }): void
}

export type Fault =
  | { kind: 'refuse'; code: string; more: Record<string, unknown> }
  | { kind: 'rate-limit'; retryAfterSeconds: number }
  | { kind: 'lose-answer' }

/** The faults, and `next` to ask which one meets a call. */
export function createFaults(): Faults & { next(method: string): Fault | 'down' | null } {
  const planned = new Map<string, Fault[]>()
  let isDown = false
  const plan = (method: string, fault: Fault, times: number) => {
    planned.set(method, [...(planned.get(method) ?? []), ...Array.from({ length: times }, () => fault)])
  }
  return {
    refuse: (method, code, { times = 1, more = {} } = {}) => plan(method, { kind: 'refuse', code, more }, times),
    rateLimit: (method, { retryAfterSeconds, times = 1 }) =>
      plan(method, { kind: 'rate-limit', retryAfterSeconds }, times),
    loseAnswer: (method, { times = 1 } = {}) => plan(method, { kind: 'lose-answer' }, times),
    setDown: (down) => {
      isDown = down
    },
    next: (method) => (isDown ? 'down' : (planned.get(method)?.shift() ?? null)),
  }
}
