import { advised } from '#core/rowbot-error.ts'
import type { Terminal } from './host.ts'
import { plainLines } from './plain-lines.ts'

/** Says what broke and what to do next. */
export function sayError(error: unknown, terminal: Pick<Terminal, 'notice'>): void {
  const { message, advice } = advised(error)
  terminal.notice(plainLines(`${message}\n${advice}\n`))
}
