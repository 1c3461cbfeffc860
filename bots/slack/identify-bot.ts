import { WebClient, type WebClientOptions } from '@slack/web-api'
import type { Logger } from 'pino'
import { RowbotError } from '#core/rowbot-error.ts'
import { untilReachable } from '../desk/until-reachable.ts'
import { toFailure } from './to-failure.ts'
import type { BotIdentity } from './workspaces.ts'

export type IdentifyOptions = {
  options: WebClientOptions
  log: Pick<Logger, 'warn'>
  signal?: AbortSignal | undefined
}

/** Who the bot of a token is; asked again until Slack answers. Throws where the token is no good. */
export function identifyBot(token: string, { options, log, signal }: IdentifyOptions): Promise<BotIdentity> {
  const client = new WebClient(token, options)
  const ask = async () => {
    const { team_id: team, user_id: userId, bot_id: botId, response_metadata } = await client.auth.test()
    const scopes = response_metadata?.scopes ?? []
    if (team && userId && botId) return { team, userId, botId, token, scopes }
    throw refused('it is not the token of a bot')
  }
  return untilReachable(ask, { platform: 'Slack', whyNotYet, log, signal })
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
