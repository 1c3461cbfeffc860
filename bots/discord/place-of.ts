import { type Channel, ChannelType } from 'discord.js'
import type { Place } from '../desk/chat-platform.ts'

export const PLATFORM = 'discord'

/** Where something happened. A channel that is not known any more is taken for one of its server. */
export function placeOf(
  channel: Channel | null,
  { channelId, guildId }: { channelId: string; guildId: string | null },
): Place {
  const isThread = channel?.isThread() ?? false
  return {
    platform: PLATFORM,
    workspace: guildId ?? '',
    channel: channel?.isThread() ? (channel.parentId ?? channelId) : channelId,
    thread: isThread ? channelId : null,
    direct: channel ? channel.type === ChannelType.DM : guildId === null,
    shared: false,
  }
}

/** The id under which Discord knows the channel or thread of a place. */
export function targetOf({ channel, thread }: Place): string {
  return thread ?? channel
}
