import { createHash } from 'node:crypto'
import type { APIMessage, APIMessageTopLevelComponent } from 'discord.js'

/** Puts a stamp on a message for good, as the number of its first component: Discord looks at a nonce for some minutes only. */
export function stamped(components: APIMessageTopLevelComponent[], stamp: string): APIMessageTopLevelComponent[] {
  return components.map((part, at) => (at === 0 ? { ...part, id: numberOf(stamp) } : part))
}

/** Whether a message has this stamp. */
export function hasStamp({ components }: Pick<APIMessage, 'components'>, stamp: string): boolean {
  return components?.[0]?.id === numberOf(stamp)
}

/** From 1 to 2^31 - 1, all that Discord takes. */
function numberOf(stamp: string): number {
  return createHash('sha256').update(stamp).digest().readUInt32BE() >>> 1 || 1
}
