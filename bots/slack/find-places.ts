import type { WebClient } from '@slack/web-api'
import { briefCache } from '../desk/brief-cache.ts'
import type { Place } from '../desk/chat-platform.ts'

/** Where something was done, before it is known what kind of place that is. */
export type Spot = { workspace: string; channel: string; thread: string | null; personId: string }

/** Makes places out of what Slack's payloads say and what they leave out. */
export type Places = {
  /** From a message event, which says it all. */
  ofEvent(spot: Spot, about: { direct: boolean; shared: boolean | null }): Place
  /** From a command or a press, where the rest is asked of Slack (and remembered): these say no more than a channel's id. */
  of(client: WebClient, spot: Spot): Promise<Place>
  openDirect(client: WebClient, workspace: string, personId: string): Promise<Place>
}

const CACHE_MS = 10 * 60_000
/** A command has to be acknowledged in three seconds. */
const PATIENCE_MS = 1_000

export function createPlaces(): Places {
  const directs = briefCache<string>(CACHE_MS)
  const shared = briefCache<boolean>(CACHE_MS)
  const direct = (client: WebClient, workspace: string, personId: string) =>
    directs(`${workspace} ${personId}`, () => openChannel(client, personId))
  const place = ({ workspace, channel, thread }: Spot, about: { direct: boolean; shared: boolean | null }): Place => ({
    platform: 'slack',
    workspace,
    channel,
    thread,
    ...about,
  })
  return {
    ofEvent: place,
    async of(client, spot) {
      const { workspace, channel, personId } = spot
      // A direct channel may be one between two people, to whom a command can be given as well.
      if (channel.startsWith('D')) {
        const own = await soon(direct(client, workspace, personId), '')
        return place(spot, { direct: own === channel, shared: false })
      }
      const isShared = await soon(
        shared(`${workspace} ${channel}`, () => askIfShared(client, channel)),
        null,
      )
      return place(spot, { direct: false, shared: isShared })
    },
    async openDirect(client, workspace, personId) {
      const channel = await direct(client, workspace, personId)
      return place({ workspace, channel, thread: null, personId }, { direct: true, shared: false })
    },
  }
}

async function openChannel(client: WebClient, personId: string): Promise<string> {
  const { channel } = await client.conversations.open({ users: personId })
  if (!channel?.id) throw new Error('Slack opened no direct channel')
  return channel.id
}

async function askIfShared(client: WebClient, channel: string): Promise<boolean> {
  const { channel: found } = await client.conversations.info({ channel })
  return Boolean(found?.is_ext_shared)
}

/** The value, or what is assumed where Slack refuses or takes too long. */
function soon<Value, Otherwise>(value: Promise<Value>, otherwise: Otherwise): Promise<Value | Otherwise> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Otherwise>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE_MS)
  })
  return Promise.race([value.catch(() => otherwise), late]).finally(() => clearTimeout(timer))
}
