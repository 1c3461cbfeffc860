import type { NightPoster } from '#core/evaluation/night-post.ts'
import { advised } from '#core/rowbot-error.ts'
import type { NightRecord } from '#databases/state/evaluation-record.ts'
import { quietly } from '../run/quietly.ts'
import { composeNightPost } from './compose-night-post.ts'
import { dueNight } from './due-night.ts'
import { endSuperseded } from './end-superseded.ts'
import { isToCome, lastNight, type Schedule } from './nights.ts'
import { type RunNightParts, runNight } from './run-night.ts'

export type NightlyParts = Omit<RunNightParts, 'signal'> & {
  /** Null where nights are only posted: something else, like cron, runs them. */
  schedule: Schedule | null
  /** Where nights are posted, each in its own words. */
  channels: string[]
  poster: NightPoster
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
/** A process that posts says so every few seconds; one that has been silent for so long died over it. */
const POSTING_MS = 60_000
const HEARTBEAT_MS = 10_000
/** A chat that is not connected so long after the night, or after the start, is said not to be. */
const CONNECTING_MS = 600_000

/**
 * The nightly run. It asks the clock again and again instead of sleeping until the hour, so that a machine that slept, or a clock that was
 * put forward or back, neither loses a night nor runs one twice: the state knows which nights there were.
 */
export function createNightly(parts: NightlyParts): Nightly {
  const { nights, schedule, channels, poster, log, now = () => new Date() } = parts
  const closing = new AbortController()
  const startedAt = now()
  const disbelieved = new Set<string>()
  let working: Promise<void> | null = null

  /** Newest first, without those that a wrong clock has named: they would keep the nights until then from being run. */
  const known = (): NightRecord[] =>
    nights.list().filter(({ night }) => {
      if (!isToCome(night, now())) return true
      if (!disbelieved.has(night)) log.error({ night }, 'a night of the future is left out: the clock was wrong once')
      disbelieved.add(night)
      return false
    })

  const runDue = async (at: Schedule): Promise<void> => {
    endSuperseded(lastNight(at, now()).night, parts)
    const due = dueNight({ schedule: at, known: known()[0], now: now(), startedAt })
    for (const night of due.missed) nights.end(night, 'missed')
    if (due.run === null) return
    const outcome = await runNight(due.run, { ...parts, signal: closing.signal })
    if (outcome !== 'taken') log.info({ night: due.run, outcome }, 'nightly run')
  }

  const postOver = async (): Promise<void> => {
    for (const night of known().slice(0, 3).reverse()) {
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
    const alive = setInterval(() => quietly(() => nights.renewPost(night.night, channel)), HEARTBEAT_MS)
    try {
      const post = composeNightPost(parts, night)
      const failure = await poster
        .post(channel, post, { isAgain: reserved === 'again' })
        .catch((error: unknown) => advised(error).message)
      const status = failure === null ? 'sent' : 'failed'
      nights.endPost({ night: night.night, channel, status, message: failure })
      if (failure !== null) log.error({ channel, failure }, 'the nightly post could not be sent')
      // Only once it is noted that the figures are there: who dies over the picture must not make another say them again.
      else await poster.addChart(channel, post)
    } finally {
      clearInterval(alive)
    }
  }

  return {
    tick() {
      working ??= (async () => {
        try {
          if (schedule) await runDue(schedule)
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
