import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Config } from '#core/config.ts'
import type { State } from '#databases/state/open-state.ts'
import { spiderFolder } from '#eval/datasets/spider-folder.ts'
import { evaluateNight } from '#eval/evaluate-night.ts'
import { createNightly, type Nightly } from '#eval/nightly/nightly.ts'
import type { RunNightParts } from '#eval/nightly/run-night.ts'
import type { Generator } from '#models/generator.ts'
import type { ChatPlatform } from '../desk/chat-platform.ts'
import { createNightPoster, platformOf } from '../nightly/night-poster.ts'
import { places, type Rooms } from './open-rooms.ts'
import { withMeasured } from './with-measured.ts'

type Parts = {
  rooms: Pick<Rooms, 'config' | 'state'>
  generator: Generator
  platforms: Pick<ReadonlyMap<string, ChatPlatform>, 'get'>
  log: Pick<Logger, 'info' | 'error'>
} & Watch

/** Which clock is looked at, and how often. Default: the clock of this machine, every 20 seconds. */
export type Watch = { now?: () => Date; lookMs?: number }

/**
 * Watches the clock for the nightly benchmark where an hour is set, and posts what nights gave, those too that cron has run; the clock is
 * looked at again and again, and whenever `tick` is called.
 */
export function startNightly({ rooms: { config, state }, generator, platforms, log, now, lookMs }: Parts): Nightly {
  const { nightlyAt, nightlyTimeZone, timeZone, nightlyChannels, nightlyMention, publicUrl, locale } = config
  const nightly = createNightly({
    ...nightParts({ config, state, generator, now, onProgress: () => {} }),
    schedule: nightlyAt === null ? null : { at: nightlyAt, timeZone: nightlyTimeZone ?? timeZone },
    channels: nightlyChannels,
    poster: createNightPoster({ platforms, publicUrl, mention: nightlyMention, locale }),
    isConnected: (channel) => platforms.get(platformOf(channel)) !== undefined,
    log,
    now,
  })
  const timer = setInterval(() => void nightly.tick(), lookMs ?? 20_000)
  return {
    tick: nightly.tick,
    async close() {
      clearInterval(timer)
      await nightly.close()
    },
  }
}

const HOUR_MS = 3_600_000

/** What a night is run with, whoever starts it. */
export function nightParts({
  config,
  state,
  generator,
  now = () => new Date(),
  onProgress,
}: {
  config: Config
  state: State
  generator: Generator
  now?: () => Date
  onProgress: (line: string) => void
}): Omit<RunNightParts, 'signal'> {
  return {
    store: state.evaluation,
    nights: state.nights,
    maxMs: config.nightlyMaxHours * HOUR_MS,
    async evaluate({ resume, onStart, signal }) {
      const spider = await spiderFolder(config.spiderFolder ?? undefined, places(config.home).spider)
      const parts = { config, generator, store: state.evaluation, print: () => {}, progress: onProgress, signal }
      const request = { spider, limit: config.nightlyQuestions, resume, onStart }
      await withMeasured(parts, (measured) =>
        evaluateNight(measured, { ...request, whenFree: whenFree(state, config.answerDeadlineMs, now) }),
      )
    },
  }
}

const POLL_MS = 500

/** Waits until nobody waits for an answer: people go first. A question that a process died over is not waited for. */
function whenFree({ questions }: State, answerDeadlineMs: number, now: () => Date) {
  return async (signal: AbortSignal): Promise<void> => {
    while (questions.underWay(new Date(now().getTime() - 2 * answerDeadlineMs)) > 0) {
      await delay(POLL_MS, undefined, { signal })
    }
  }
}
