import { createHmac } from 'node:crypto'
import type { Config } from '#core/config.ts'

/** What Slack's side of the configuration says. */
export type SlackSettings = {
  /** Null where workspaces come by OAuth only. */
  botToken: string | null
  /** For Socket Mode. */
  appToken: string | null
  /** For Slack over HTTP. */
  signingSecret: string | null
  clientId: string | null
  clientSecret: string | null
  /** Signs the state that OAuth hands back. */
  stateSecret: string | null
  port: number
  /** Whether messages in threads are follow-ups without a mention; needs the history scopes. */
  readsThreads: boolean
  /** Another address than Slack's own. */
  apiUrl?: string | undefined
  /** How long a silent socket is waited for. */
  pingTimeoutMs?: number
}

/** What the configuration says about Slack. */
export function slackSettings(config: Config): SlackSettings {
  const [secretKey] = config.secretKeys ?? []
  return {
    botToken: config.slackBotToken,
    appToken: config.slackAppToken,
    signingSecret: config.slackSigningSecret,
    clientId: config.slackClientId,
    clientSecret: config.slackClientSecret,
    // A key of its own, so that what it signs says nothing about the key that encrypts tokens.
    stateSecret: secretKey ? createHmac('sha256', secretKey).update('state of Slack OAuth').digest('hex') : null,
    port: config.slackPort,
    readsThreads: config.slackReadThreads === 'on',
    apiUrl: config.slackApiUrl ? `${config.slackApiUrl}/` : undefined,
  }
}
