import { OAuth2Scopes } from 'discord.js'
import type { ChatSetup } from '../chat-setup.ts'
import { checkDiscord, PERMISSIONS } from './check-discord.ts'
import type { DiscordSettings } from './discord-settings.ts'

/** How the bot is made in Discord and invited into a server, and what is found of what is set already. */
export async function installDiscord(settings: DiscordSettings): Promise<Awaited<ReturnType<ChatSetup['install']>>> {
  const { applicationId, findings } = await checkDiscord(settings)
  const portal = 'https://discord.com/developers/applications'
  const made = [
    `Open ${portal} and press "New Application".`,
    'Under "Bot" press "Reset Token", and copy the token into ROWBOT_DISCORD_TOKEN.',
    ...(settings.messageContent ? ['Under "Bot" switch "Message Content Intent" on.'] : []),
    'Run `rowbot install discord` again: it prints the invitation.',
  ]
  const invite = [
    `Open ${invitation(applicationId ?? '')} and choose a server that you manage.`,
    'Start Rowbot (`rowbot start`), and ask in a channel: /sql',
  ]
  return { file: null, steps: applicationId === null ? made : invite, findings }
}

/** The address at which the bot is invited, with all that it needs. */
function invitation(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: String(PERMISSIONS.bitfield),
  })
  return `https://discord.com/oauth2/authorize?${query}`
}
