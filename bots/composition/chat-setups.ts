import type { Config } from '#core/config.ts'
import type { ChatSetup } from '../cli/chat-setup.ts'
import type { Flags } from '../cli/host.ts'
import { discordSettings } from '../discord/discord-settings.ts'
import { installDiscord } from '../discord/install-discord.ts'
import { smokeDiscord } from '../discord/smoke-discord.ts'
import { installSlack } from '../slack/install-slack.ts'
import { slackSettings } from '../slack/slack-settings.ts'
import { smokeSlack } from '../slack/smoke-slack.ts'

/** The chat platforms that can be set up, by name. */
export function chatSetups(configFrom: (flags: Flags) => Config): Record<string, ChatSetup> {
  return {
    slack: {
      install: async (flags) => {
        const config = configFrom(flags)
        return installSlack(slackSettings(config), { publicUrl: config.publicUrl })
      },
      smoke: async (flags, tell) => {
        const config = configFrom(flags)
        await smokeSlack(slackSettings(config), { channel: flags.channel, locale: config.locale, tell })
      },
    },
    discord: {
      install: (flags) => installDiscord(discordSettings(configFrom(flags))),
      smoke: async (flags, tell) => {
        const config = configFrom(flags)
        await smokeDiscord(discordSettings(config), { channel: flags.channel, locale: config.locale, tell })
      },
    },
  }
}
