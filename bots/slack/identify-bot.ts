import { setTimeout as delay } from 'node:timers/promises'
import { WebClient, type WebClientOptions } from '@slack/web-api'
import type { Logger } from 'pino'
import { RowbotError } from '#core/rowbot-error.ts'
import { toFailure } from './to-failure.ts'
import type { BotIdentity } from './workspaces.ts'

export type IdentifyOptions = {
  options: WebClientOptions
  log: Pick<Logger, 'warn'>
  signal?: AbortSignal | undefined
}

const FIRST_WAIT_MS = 500
const MOST_WAIT_MS = 30_000

/** Who the bot of a token is; asked again until Slack answers. Throws where the token is no good. */
export async function identifyBot(token: string, { options, log, signal }: IdentifyOptions): Promise<BotIdentity> {
  const client = new WebClient(token, options)
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, MOST_WAIT_MS)) {
    try {
      const { team_id: team, user_id: userId, bot_id: botId } = await client.auth.test()
      if (team && userId && botId) return { team, userId, botId, token }
      throw refused('it is not the token of a bot')
    } catch (error) {
      log.warn({ detail: whyNotYet(error) }, 'Slack does not answer: trying again')
      await delay(waitMs, undefined, signal ? { signal } : {})
    }
  }
}

/** What keeps Slack from answering for now; throws what waiting does not cure. */
function whyNotYet(error: unknown): string {
  const failure = toFailure(error)
  if (failure?.kind === 'unavailable' || failure?.kind === 'rate-limited') return failure.detail
  throw failure?.kind === 'unauthorised' ? refused(failure.detail, error) : error
}

function refused(detail: string, cause?: unknown): RowbotError {
  return new RowbotError({
    code: 'slack-token-refused',
    message: `Slack refuses ROWBOT_SLACK_BOT_TOKEN (${detail}).`,
    advice: 'Install the app in the workspace and copy its "Bot User OAuth Token", which starts with xoxb-.',
    cause,
  })
}
