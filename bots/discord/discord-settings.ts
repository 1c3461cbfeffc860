import type { Config } from '#core/config.ts'

/** What Discord's side of the configuration says. */
export type DiscordSettings = {
  token: string | null
  /** Whether to ask for the privileged message-content intent. */
  messageContent: boolean
  /** Another address than Discord's own. */
  api: string | undefined
}

/** What the configuration says about Discord. */
export function discordSettings(config: Config): DiscordSettings {
  return {
    token: config.discordToken,
    messageContent: config.discordMessageContent === 'on',
    api: config.discordApiUrl ?? undefined,
  }
}
