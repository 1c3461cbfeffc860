import { Events } from 'discord.js'
import type { Logger } from 'pino'
import type { Desk, StartedAdapter } from '../desk/desk.ts'
import { untilReachable } from '../desk/until-reachable.ts'
import { createClient } from './client.ts'
import { commands } from './commands.ts'
import { createDiscordPlatform } from './discord-platform.ts'
import { closedAdvice, explainLogin } from './explain-login.ts'
import { hearInteractions } from './hear-interactions.ts'
import { hearMessages } from './hear-messages.ts'
import { createPromises } from './promises.ts'

export type DiscordParts = {
  desk: Desk
  token: string
  /** Whether to ask for the privileged message-content intent. */
  messageContent: boolean
  /** For numbers, where a person's own is not known. */
  locale: string
  log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
  /** Address of the HTTP API, where it is not Discord's own. */
  api?: string | undefined
  /** Ends waiting for a Discord that cannot be reached. */
  signal?: AbortSignal
}

/**
 * Connects the desk with Discord. A token or an intent that Discord does not accept throws; where Discord cannot be reached, it is tried
 * again until it can be or the signal aborts.
 */
export async function startDiscord({
  desk,
  token,
  messageContent,
  locale,
  log,
  api,
  signal,
}: DiscordParts): Promise<StartedAdapter> {
  const client = createClient({ messageContent, api })
  const promises = createPromises()
  const locales = new Map<string, string>()
  const platform = createDiscordPlatform({ client, promises, locales, locale })
  const working = new Set<Promise<void>>()
  const ears = { client, desk, promises, locales, log, working }
  let disconnect = () => {}
  let isLost = false

  client.on(Events.ClientReady, () => {
    disconnect()
    disconnect = desk.connect(platform)
    client.application?.commands.set(commands).catch((err) => log.error({ err }, 'commands could not be registered'))
    log.info({ servers: client.guilds.cache.size }, 'connected to Discord')
  })
  client.on(Events.Error, (err) => log.warn({ err }, 'the connection to Discord has a problem'))
  client.on(Events.ShardDisconnect, ({ code }) =>
    log.error({ code, advice: closedAdvice(code) }, 'Discord has closed the connection for good'),
  )
  client.on(Events.ShardReconnecting, () => {
    if (!isLost) log.warn('the connection to Discord is lost: it is made anew as soon as Discord can be reached')
    isLost = true
  })
  for (const event of [Events.ShardResume, Events.ShardReady] as const)
    client.on(event, () => {
      if (isLost) log.info('connected to Discord again')
      isLost = false
    })
  client.on(Events.Warn, (text) => log.warn(text))
  hearMessages(ears)
  hearInteractions(ears)

  const logIn = () => client.login(token)
  await untilReachable(logIn, { platform: 'Discord', whyNotYet, log, signal }).catch(async (error) => {
    await client.destroy()
    throw error
  })

  const stopListening = async () => {
    for (const event of HEARD) client.removeAllListeners(event)
    await Promise.allSettled(working)
  }
  return {
    stopListening,
    async close() {
      await stopListening()
      disconnect()
      await client.destroy()
    },
  }
}

const HEARD = [Events.MessageCreate, Events.MessageUpdate, Events.MessageDelete, Events.InteractionCreate] as const

function whyNotYet(error: unknown): string {
  const problem = explainLogin(error)
  if (problem) throw problem
  return String(error)
}
