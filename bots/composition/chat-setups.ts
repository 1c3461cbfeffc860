import type { Config } from '#core/config.ts'
import type { ChatSetup } from '../chat-setup.ts'
import type { Flags } from '../cli/host.ts'
import { discordSettings } from '../discord/discord-settings.ts'
import { slackSettings } from '../slack/slack-settings.ts'

/** The chat platforms that can be set up, by name. Their libraries are loaded only then: they take time and memory. */
export function chatSetups(configFrom: (flags: Flags) => Config): Record<string, ChatSetup> {
  return {
    slack: {
      install: async (flags) => {
        const config = configFrom(flags)
        const { installSlack } = await import('../slack/install-slack.ts')
        return installSlack(slackSettings(config), { publicUrl: config.publicUrl })
      },
      smoke: async (flags, tell) => {
        const config = configFrom(flags)
        const { smokeSlack } = await import('../slack/smoke-slack.ts')
        await smokeSlack(slackSettings(config), { channel: flags.channel, locale: config.locale, tell })
      },
    },
    discord: {
      install: async (flags) => {
        const { installDiscord } = await import('../discord/install-discord.ts')
        return installDiscord(discordSettings(configFrom(flags)))
      },
      smoke: async (flags, tell) => {
        const config = configFrom(flags)
        const { smokeDiscord } = await import('../discord/smoke-discord.ts')
        await smokeDiscord(discordSettings(config), { channel: flags.channel, locale: config.locale, tell })
      },
    },
  }
}
