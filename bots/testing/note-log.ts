import type { Logger } from 'pino'

export type Noted = { level: string; about: Record<string, unknown>; text: string }

/** A log that keeps its lines, for tests of what an operator is told. */
export function noteLog(): { log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>; logged: Noted[] } {
  const logged: Noted[] = []
  const note = (level: string) => (given: unknown, words?: string) => {
    const about: Record<string, unknown> = typeof given === 'object' && given !== null ? { ...given } : {}
    const err = about.err instanceof Error ? about.err.message : about.err
    logged.push({ level, about: { ...about, ...(err !== undefined && { err }) }, text: words ?? String(given) })
  }
  // Each level of a log takes its arguments in several ways; all come down to these two.
  const log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') } as Pick<
    Logger,
    'debug' | 'info' | 'warn' | 'error'
  >
  return { log, logged }
}
