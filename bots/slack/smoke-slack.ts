import { RowbotError } from '#core/rowbot-error.ts'
import { tryPlatform } from '../desk/try-platform.ts'
import type { Finding } from '../finding.ts'
import { boltLogger } from './bolt-logger.ts'
import { checkSlack } from './check-slack.ts'
import { createPlaces } from './find-places.ts'
import { identifyBot } from './identify-bot.ts'
import { createSlackPlatform } from './slack-platform.ts'
import type { SlackSettings } from './slack-settings.ts'
import { clientOptions, createWorkspaces } from './workspaces.ts'

export type SmokeOptions = { channel: string; locale: string; tell: (finding: Finding) => void }

/** Sends one of each kind of message to a channel, through the very code that answers people, and tells what Slack made of each. */
export async function smokeSlack(settings: SlackSettings, { channel, locale, tell }: SmokeOptions): Promise<void> {
  const { botToken } = settings
  if (botToken === null)
    throw new RowbotError({
      code: 'slack-not-set-up',
      message: 'There is no bot token to try Slack with.',
      advice: 'Set ROWBOT_SLACK_BOT_TOKEN; `rowbot install slack` says how to get it.',
    })
  const findings = await checkSlack(settings)
  findings.forEach(tell)
  if (findings.some(({ ok, what }) => !ok && what === 'bot token')) return
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const options = clientOptions(settings.apiUrl, boltLogger(log))
  const own = await identifyBot(botToken, { options, log })
  const none = { save: () => undefined, find: () => null, remove: () => false, list: () => [] }
  const workspaces = createWorkspaces({ own, installations: none, options })
  const platform = createSlackPlatform({ workspaces, places: createPlaces(), locale, log })
  const place = { platform: 'slack', workspace: own.team, channel, thread: null, direct: false, shared: false }
  const to = { place, onlyFor: null, replyTo: null, handle: null }
  await tryPlatform(platform, { to, personId: own.userId, tell })
}
