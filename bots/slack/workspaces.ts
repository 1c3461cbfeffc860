import type { Authorize, Installation, InstallationStore, Logger } from '@slack/bolt'
import { WebClient, type WebClientOptions } from '@slack/web-api'
import { z } from 'zod'
import type { Installations } from '../desk/desk.ts'

/** Who the bot is in a workspace. */
export type BotIdentity = {
  team: string
  token: string
  userId: string
  botId: string
  /** What it was granted. */
  scopes: string[]
}

/** The workspaces in which the app is installed. */
export type Workspaces = {
  /** Null where the app is not installed there. */
  identity(team: string): BotIdentity | null
  client(team: string): WebClient | null
  /** Who Bolt answers as; refuses workspaces in which the app is not installed. */
  authorize: Authorize<boolean>
  /** Where OAuth puts what a workspace gave. */
  store: InstallationStore
  remove(team: string): void
}

const TIMEOUT_MS = 15_000

/** Nothing is tried again and no rate limit waited for here: that is decided in one place, behind the platform. */
export function clientOptions(apiUrl: string | undefined, logger: Logger): WebClientOptions {
  return {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MS,
    logger,
  }
}

/** `own`: the workspace of the configured token; null where all come by OAuth. */
export function createWorkspaces(parts: {
  own: BotIdentity | null
  installations: Installations
  options: WebClientOptions
}): Workspaces {
  const { own, installations, options } = parts
  const clients = new Map<string, WebClient>()

  function identity(team: string): BotIdentity | null {
    if (team === own?.team) return own
    const secret = installations.find('slack', team)
    return secret === null ? null : { team, ...kept.parse(JSON.parse(secret)) }
  }

  function client(team: string): WebClient | null {
    const bot = identity(team)
    if (!bot) return null
    const there = clients.get(bot.token) ?? new WebClient(bot.token, options)
    clients.set(bot.token, there)
    return there
  }

  function installed(team: string | undefined): BotIdentity {
    const bot = identity(team ?? '')
    if (!bot) throw new Error(`the app is not installed in workspace ${team}`)
    return bot
  }

  const remove = (team: string) => {
    const token = identity(team)?.token
    if (token) clients.delete(token)
    installations.remove('slack', team)
  }

  return {
    identity,
    client,
    remove,
    authorize: async ({ teamId }) => {
      const { team, token, userId, botId } = installed(teamId)
      return { botToken: token, botUserId: userId, botId, teamId: team }
    },
    store: {
      storeInstallation: async (installation) => {
        const { team, bot } = installation as Installation
        if (!team || !bot) throw new Error('Slack gave no workspace or no bot token')
        const secret = JSON.stringify({ token: bot.token, userId: bot.userId, botId: bot.id, scopes: bot.scopes })
        installations.save({ platform: 'slack', workspace: team.id, secret })
      },
      fetchInstallation: async ({ teamId }) => {
        const { team, token, userId, botId, scopes } = installed(teamId)
        const bot = { token, userId, id: botId, scopes }
        const user = { id: userId, token: undefined, scopes: undefined }
        return { team: { id: team }, enterprise: undefined, bot, user }
      },
      deleteInstallation: async ({ teamId }) => {
        if (teamId) remove(teamId)
      },
    },
  }
}

const kept = z.object({
  token: z.string(),
  userId: z.string(),
  botId: z.string(),
  scopes: z.array(z.string()).default([]),
})
