import type { NightPost } from '#core/evaluation/night-post.ts'
import { advised } from '#core/rowbot-error.ts'
import type { NightRecord } from '#databases/state/evaluation-record.ts'
import { composeNightPost } from './compose-night-post.ts'
import { dueNight } from './due-night.ts'
import type { Schedule } from './nights.ts'
import { type RunNightParts, runNight } from './run-night.ts'

export type NightlyParts = Omit<RunNightParts, 'signal'> & {
  schedule: Schedule
  /** Where nights are posted, each in its own words. */
  channels: string[]
  /** Sends a post, or finds that it was sent before a crash (`isAgain`); gives why it could not be sent, or null. */
  post(channel: string, post: NightPost, options: { isAgain: boolean }): Promise<string | null>
  /** Whether the chat of a channel is connected by now; one that is not yet is waited for. */
  isConnected(channel: string): boolean
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void }
  /** Default: the clock. */
  now?: () => Date
}

export type Nightly = {
  /** Looks whether a night is due or a post is to be sent, and does it; called again and again. One call at a time works. */
  tick(): Promise<void>
  close(): Promise<void>
}

/** What happened longer ago is no news. */
const POST_WITHIN_MS = 36 * 3_600_000
/** A process that began to post and died is given this long. */
const POSTING_MS = 120_000
/** A chat that is not connected so long after the night, or after the start, is said not to be. */
const CONNECTING_MS = 600_000

/**
 * The nightly run. It asks the clock again and again instead of sleeping until the hour, so that a machine that slept, or a clock that was
 * put forward or back, neither loses a night nor runs one twice: the state knows which nights there were.
 */
export function createNightly(parts: NightlyParts): Nightly {
  const { nights, schedule, channels, log, now = () => new Date() } = parts
  const closing = new AbortController()
  const startedAt = now()
  let working: Promise<void> | null = null

  const runDue = async (): Promise<void> => {
    const due = dueNight({ schedule, known: nights.list(1)[0], now: now(), startedAt })
    for (const night of due.missed) nights.end(night, 'missed')
    if (due.run === null) return
    const outcome = await runNight(due.run, { ...parts, signal: closing.signal })
    if (outcome !== 'taken') log.info({ night: due.run, outcome }, 'nightly run')
  }

  const postOver = async (): Promise<void> => {
    for (const night of nights.list(3).reverse()) {
      if (night.status !== 'done' && night.status !== 'failed') continue
      if (now().getTime() - Date.parse(night.finishedAt ?? night.startedAt) > POST_WITHIN_MS) continue
      await postNight(night)
    }
  }

  const postNight = async (night: NightRecord): Promise<void> => {
    const over = Math.max(Date.parse(night.finishedAt ?? night.startedAt), startedAt.getTime())
    const mayWait = now().getTime() - over < CONNECTING_MS
    for (const channel of channels) if (!mayWait || parts.isConnected(channel)) await postTo(channel, night)
  }

  const postTo = async (channel: string, night: NightRecord): Promise<void> => {
    const reserved = nights.reservePost(night.night, channel, POSTING_MS)
    if (reserved === null) return
    const failure = await parts
      .post(channel, composeNightPost(parts, night), { isAgain: reserved === 'again' })
      .catch((error: unknown) => advised(error).message)
    const status = failure === null ? 'sent' : 'failed'
    nights.endPost({ night: night.night, channel, status, message: failure })
    if (failure !== null) log.error({ channel, failure }, 'the nightly post could not be sent')
  }

  return {
    tick() {
      working ??= (async () => {
        try {
          await runDue()
          if (!closing.signal.aborted) await postOver()
        } catch (error) {
          log.error({ err: error }, 'the nightly run failed')
        } finally {
          working = null
        }
      })()
      return working
    },
    async close() {
      closing.abort(new Error('Rowbot is stopping'))
      await working
    },
  }
}
