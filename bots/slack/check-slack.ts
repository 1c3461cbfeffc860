import { WebClient } from '@slack/web-api'
import type { Finding } from '../finding.ts'
import { wantedScopes } from './app-manifest.ts'
import { boltLogger } from './bolt-logger.ts'
import type { SlackSettings } from './slack-settings.ts'
import { scopeFix, toFailure } from './to-failure.ts'
import { clientOptions } from './workspaces.ts'

const silent = boltLogger({ info: () => undefined, warn: () => undefined, error: () => undefined })

/** Whether Slack takes the tokens that are set, and what the app may not do yet. Nothing where no token is set. */
export async function checkSlack(settings: SlackSettings): Promise<Finding[]> {
  const { botToken, appToken } = settings
  const options = clientOptions(settings.apiUrl, silent)
  return [
    ...(botToken === null ? [] : await checkBot(new WebClient(botToken, options), settings)),
    ...(appToken === null ? [] : [await checkSocket(new WebClient(appToken, options))]),
  ]
}

async function checkBot(client: WebClient, settings: SlackSettings): Promise<Finding[]> {
  const what = 'bot token'
  try {
    const { team, user, response_metadata } = await client.auth.test()
    const granted = response_metadata?.scopes ?? []
    const missing = wantedScopes(settings).filter((scope) => !granted.includes(scope))
    return [
      { ok: true, what, found: `${user} in the workspace ${team}` },
      ...missing.map((scope) => ({
        ok: false,
        what: 'scope',
        found: `${scope} is missing`,
        advice: scopeFix(scope).fix,
      })),
      ...(missing.length === 0 ? [{ ok: true, what: 'scopes', found: 'all that are needed' }] : []),
    ]
  } catch (error) {
    return [refused(what, error, 'Copy the "Bot User OAuth Token" of the app into ROWBOT_SLACK_BOT_TOKEN.')]
  }
}

async function checkSocket(client: WebClient): Promise<Finding> {
  const what = 'app-level token'
  try {
    await client.apps.connections.open({})
    return { ok: true, what, found: 'opens sockets' }
  } catch (error) {
    const advice =
      'Make one under "Basic Information", "App-Level Tokens", with the scope connections:write, for ROWBOT_SLACK_APP_TOKEN.'
    return refused(what, error, advice)
  }
}

function refused(what: string, error: unknown, advice: string): Finding {
  const failure = toFailure(error)
  if (!failure) throw error
  return failure.kind === 'unavailable'
    ? { ok: false, what, found: `Slack cannot be reached: ${failure.detail}`, advice: 'Check the network.' }
    : { ok: false, what, found: `Slack refuses it: ${failure.detail}`, advice }
}
