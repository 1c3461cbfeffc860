import { RowbotError } from '#core/rowbot-error.ts'
import type { Finding } from '../cli/host.ts'
import type { ChatMessage } from '../desk/chat-message.ts'
import type { ChatPlatform, Destination, Sent } from '../desk/chat-platform.ts'
import { sampleMessages } from '../desk/sample-messages.ts'
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
  await trySending(platform, { place, onlyFor: null, replyTo: null, handle: null }, tell)
  tell(said('look up a person', await platform.lookUp(place, own.userId)))
}

async function trySending(platform: ChatPlatform, to: Destination, tell: SmokeOptions['tell']): Promise<void> {
  for (const [name, message] of Object.entries(sampleMessages())) {
    const stamp = crypto.randomUUID()
    const waiting: ChatMessage = { kind: 'progress', text: `${name}…`, buttons: [] }
    const posted = await platform.post(to, waiting, stamp)
    tell(said(`${name}: placeholder`, posted))
    if (!posted.ok) continue
    tell(said(`${name}: becomes the message`, await platform.update(posted.value, message, to)))
  }
  const file = { name: 'smoke.csv', mimeType: 'text/csv', content: 'a,b\r\n1,2\r\n', alt: 'A row to try with' }
  tell(said('file', await platform.upload(to, file)))
}

function said(what: string, sent: Sent<unknown>): Finding {
  if (sent.ok) return { ok: true, what, found: 'fine' }
  const { failure } = sent
  return {
    ok: false,
    what,
    found: failure.kind,
    advice: failure.kind === 'forbidden' ? failure.fix : JSON.stringify(failure),
  }
}
