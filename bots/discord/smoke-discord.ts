import { Events } from 'discord.js'
import { RowbotError } from '#core/rowbot-error.ts'
import { tryPlatform } from '../desk/try-platform.ts'
import type { Finding } from '../finding.ts'
import { checkDiscord } from './check-discord.ts'
import { createClient } from './client.ts'
import { createDiscordPlatform } from './discord-platform.ts'
import type { DiscordSettings } from './discord-settings.ts'
import { placeOf } from './place-of.ts'
import { createPromises } from './promises.ts'

export type SmokeOptions = { channel: string; locale: string; tell: (finding: Finding) => void }

/** Sends one of each kind of message to a channel, through the very code that answers people, and tells what Discord made of each. */
export async function smokeDiscord(
  settings: DiscordSettings,
  { channel: channelId, locale, tell }: SmokeOptions,
): Promise<void> {
  const { token } = settings
  if (token === null)
    throw new RowbotError({
      code: 'discord-not-set-up',
      message: 'There is no token to try Discord with.',
      advice: 'Set ROWBOT_DISCORD_TOKEN; `rowbot install discord` says how to get it.',
    })
  const { applicationId, findings } = await checkDiscord(settings)
  findings.forEach(tell)
  if (applicationId === null) return
  const client = createClient(settings)
  try {
    const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve))
    await client.login(token)
    await ready
    const platform = createDiscordPlatform({ client, promises: createPromises(), locales: new Map(), locale })
    const channel = client.channels.cache.get(channelId) ?? null
    const guildId = channel && 'guildId' in channel ? channel.guildId : null
    const place = placeOf(channel, { channelId, guildId })
    const to = { place, onlyFor: null, replyTo: null, handle: null }
    await tryPlatform(platform, { to, personId: client.user?.id ?? '', tell })
  } finally {
    await client.destroy()
  }
}
