import { type Logger as BoltLogger, LogLevel } from '@slack/bolt'
import type { Logger } from 'pino'

/** Bolt's log lines in ours. Its debug lines hold whole payloads and are dropped. */
export function boltLogger(log: Pick<Logger, 'info' | 'warn' | 'error'>): BoltLogger {
  const say = (parts: unknown[]) => parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ')
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts) => {
      const text = say(parts)
      log.warn({ from: 'bolt', ...(/or request is stale/.test(text) && { advice: CLOCK }) }, text)
    },
    error: (...parts) => log.error({ from: 'bolt' }, say(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  }
}

const CLOCK =
  'If this comes again and again, the clock of this machine is wrong: set it (timedatectl set-ntp true), or Slack’s requests are refused.'
