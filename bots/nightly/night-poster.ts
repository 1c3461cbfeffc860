import { setTimeout as delay } from 'node:timers/promises'
import type { NightPoster } from '#core/evaluation/night-post.ts'
import type { ChatPlatform, Destination, SendFailure, Sent } from '../desk/chat-platform.ts'
import { postOrPlain } from '../desk/post-or-plain.ts'
import { chartImage } from '../reply/chart-image.ts'
import { nightMessage } from './night-message.ts'

export type NightPosterParts = {
  platforms: Pick<Map<string, ChatPlatform>, 'get'>
  publicUrl: string | null
  /** People to tell of a drop, as `slack:U…` or `discord:…`. */
  mention: string[]
  locale: string
  /** Pauses between tries. Default: 5 s, 30 s. */
  pausesMs?: number[]
}

const PAUSES_MS = [5_000, 30_000]
const LONGEST_PAUSE_MS = 60_000

/**
 * Posts nights to channels named `slack:WORKSPACE/CHANNEL` or `discord:SERVER/CHANNEL`. A post that another process has perhaps sent before
 * it died is looked for first, and not sent where nobody can look: a night that is missing in a channel is better than one said twice.
 */
export function createNightPoster(parts: NightPosterParts): NightPoster {
  const { platforms, publicUrl, mention, locale, pausesMs = PAUSES_MS } = parts
  return {
    async post(channel, post, { isAgain }) {
      const to = destinationOf(channel)
      if (to === null) return `"${channel}" names no channel: it must be like slack:T012AB3CD/C012AB3CD.`
      const { platform: name } = to.place
      const platform = platforms.get(name)
      if (!platform) return `${name} is not connected.`
      const stamp = `night-${post.night}`
      if (isAgain) {
        if (!platform.canFind(to)) return notLookedFor(channel)
        const found = await patiently(pausesMs, () => platform.find(to, stamp))
        if (!found.ok || found.value !== null) return outcomeOf(channel, found)
      }
      const own = mention.flatMap((person) => (person.startsWith(`${name}:`) ? [person.slice(name.length + 1)] : []))
      const message = nightMessage(post, { publicUrl, mention: own })
      const posted = await patiently(pausesMs, () => postOrPlain(platform, to, message, stamp))
      return outcomeOf(channel, posted)
    },
    async addChart(channel, { night, trend }) {
      const to = destinationOf(channel)
      const platform = to && platforms.get(to.place.platform)
      if (!to || !platform || trend === null) return
      const { png } = await chartImage(trend, { locale })
      const picture = { name: `trend-${night}.png`, mimeType: 'image/png', content: png, alt: trend.alt }
      // The figures are said: a picture that cannot be sent is no failure.
      await patiently(pausesMs, () => platform.upload(to, picture))
    },
  }
}

/** Tries again where waiting may help. */
async function patiently<Value>(pausesMs: number[], work: () => Promise<Sent<Value>>): Promise<Sent<Value>> {
  for (const pauseMs of pausesMs) {
    const sent = await work()
    if (sent.ok || (sent.failure.kind !== 'rate-limited' && sent.failure.kind !== 'unavailable')) return sent
    const asked = sent.failure.kind === 'rate-limited' ? sent.failure.retryAfterMs : 0
    await delay(Math.min(LONGEST_PAUSE_MS, Math.max(pauseMs, asked)))
  }
  return work()
}

/** The chat of a channel that is named like `slack:WORKSPACE/CHANNEL`. */
export function platformOf(channel: string): string {
  return channel.split(':')[0] ?? ''
}

function destinationOf(channel: string): Destination | null {
  const [, platform, workspace, id] = /^([a-z]+):([\w-]+)\/([\w-]+)$/.exec(channel) ?? []
  if (platform === undefined || workspace === undefined || id === undefined) return null
  const place = { platform, workspace, channel: id, thread: null, direct: false, shared: false }
  return { place, onlyFor: null, handle: null, replyTo: null }
}

function notLookedFor(channel: string): string {
  return `Rowbot stopped while it posted to ${channel}, and it cannot look there whether the post arrived, so it does not send it again. \`/rowbot benchmark\` shows it. In Slack, the scopes channels:history and groups:history let it look.`
}

function outcomeOf(channel: string, sent: Sent<unknown>): string | null {
  return sent.ok ? null : sayFailure(channel, sent.failure)
}

function sayFailure(channel: string, failure: SendFailure): string {
  switch (failure.kind) {
    case 'gone':
      return `The channel ${channel} is not there any more, or the bot was removed from it: invite the bot, or choose another one with ROWBOT_NIGHTLY_CHANNELS.`
    case 'forbidden':
      return `Posting to ${channel} is not allowed (${failure.missing} is missing): ${failure.fix}`
    case 'unauthorised':
      return `The token for ${channel} is not valid any more (${failure.detail}).`
    default:
      return `Posting to ${channel} did not work: ${failure.detail}`
  }
}
