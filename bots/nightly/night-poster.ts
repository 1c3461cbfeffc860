import { setTimeout as delay } from 'node:timers/promises'
import type { NightPost } from '#core/evaluation/night-post.ts'
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
 * Posts nights to channels named `slack:WORKSPACE/CHANNEL` or `discord:SERVER/CHANNEL`. Gives why a post could not be sent, in words; null
 * where it was, by this process or by one that died after it.
 */
export function createNightPoster({ platforms, publicUrl, mention, locale, pausesMs = PAUSES_MS }: NightPosterParts) {
  return async (channel: string, post: NightPost, { isAgain }: { isAgain: boolean }): Promise<string | null> => {
    const to = destinationOf(channel)
    if (to === null) return `"${channel}" names no channel: it must be like slack:T012AB3CD/C012AB3CD.`
    const { platform: name } = to.place
    const platform = platforms.get(name)
    if (!platform) return `${name} is not connected.`
    const stamp = `night-${post.night}`
    if (isAgain) {
      const found = await platform.find(to, stamp)
      if (found.ok && found.value !== null) return null
    }
    const own = mention.flatMap((person) => (person.startsWith(`${name}:`) ? [person.slice(name.length + 1)] : []))
    const message = nightMessage(post, { publicUrl, mention: own })
    const failure = await patiently(pausesMs, async () => failureOf(await postOrPlain(platform, to, message, stamp)))
    if (failure !== null) return sayFailure(channel, failure)
    if (post.trend !== null) {
      const { png } = await chartImage(post.trend, { locale })
      const picture = { name: `trend-${post.night}.png`, mimeType: 'image/png', content: png, alt: post.trend.alt }
      // The figures are said: a picture that cannot be sent is no failure.
      await patiently(pausesMs, async () => failureOf(await platform.upload(to, picture)))
    }
    return null
  }
}

function failureOf<Value>(sent: Sent<Value>): SendFailure | null {
  return sent.ok ? null : sent.failure
}

/** Tries again where waiting may help. */
async function patiently(pausesMs: number[], work: () => Promise<SendFailure | null>): Promise<SendFailure | null> {
  for (const pauseMs of pausesMs) {
    const failure = await work()
    if (failure?.kind !== 'rate-limited' && failure?.kind !== 'unavailable') return failure
    const asked = failure.kind === 'rate-limited' ? failure.retryAfterMs : 0
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
