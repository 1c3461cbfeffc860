import { Server } from 'node:net'
import { App, LogLevel } from '@slack/bolt'
import type { Logger } from 'pino'
import type { Desk, StartedAdapter } from '../desk/desk.ts'
import { boltLogger } from './bolt-logger.ts'
import { createReceiver, hasOauth } from './create-receiver.ts'
import { createPlaces } from './find-places.ts'
import { identifyBot } from './identify-bot.ts'
import { listenToActions } from './listen-actions.ts'
import { listenToCommands } from './listen-commands.ts'
import { listenToMessages } from './listen-messages.ts'
import { listenToPlaces } from './listen-places.ts'
import type { SlackContext } from './slack-context.ts'
import { createSlackPlatform } from './slack-platform.ts'
import type { SlackSettings } from './slack-settings.ts'
import { clientOptions, createWorkspaces } from './workspaces.ts'

export type SlackParts = {
  desk: Desk
  settings: SlackSettings
  /** How numbers are written on axes and where the asker is not known. */
  locale: string
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  signal?: AbortSignal
}

/** `port` of Slack over HTTP; null with Socket Mode. */
export type StartedSlack = StartedAdapter & { port: number | null }

/** Listens to Slack and lets the desk answer there. Waits for Slack where it is away; throws where the tokens are no good. */
export async function startSlack({ desk, settings, locale, log, signal }: SlackParts): Promise<StartedSlack> {
  const logger = boltLogger(log)
  const options = clientOptions(settings.apiUrl, logger)
  const own = settings.botToken === null ? null : await identifyBot(settings.botToken, { options, log, signal })
  const workspaces = createWorkspaces({ own, installations: desk.installations, options })
  const places = createPlaces()
  const working = new Set<Promise<unknown>>()
  const background = (work: Promise<unknown>) => {
    working.add(work)
    void work.catch((err) => log.error({ err }, 'a Slack answer failed')).finally(() => working.delete(work))
  }
  const context: SlackContext = {
    desk,
    workspaces,
    places,
    locale,
    log,
    background,
    readsThreads: settings.readsThreads,
  }
  const app = new App({
    receiver: createReceiver(settings, workspaces.store, logger),
    ...(hasOauth(settings) ? {} : { authorize: workspaces.authorize }),
    clientOptions: options,
    convoStore: false,
    logger,
    logLevel: LogLevel.WARN,
  })
  app.use(async ({ next }) => {
    const handed = next()
    working.add(handed)
    await handed.finally(() => working.delete(handed))
  })
  for (const listen of [listenToCommands, listenToActions, listenToMessages, listenToPlaces]) listen(app, context)
  app.error(async (error) => {
    log.error({ err: error }, 'Slack sent something that could not be dealt with')
    // Not acknowledged, so that Slack sends it again; what is for another workspace never will be dealt with.
    if (error.code !== 'slack_bolt_authorization_error') throw error
  })
  const disconnect = desk.connect(createSlackPlatform({ workspaces, places, locale, log }))
  const server = await app.start(settings.port).catch((error) => {
    disconnect()
    throw error
  })
  let stopped: Promise<unknown> | null = null
  const stopListening = async () => {
    stopped ??= app.stop()
    await stopped
    await Promise.allSettled(working)
  }
  return {
    port: portOf(server),
    stopListening,
    async close() {
      await stopListening()
      disconnect()
    },
  }
}

function portOf(server: unknown): number | null {
  const address = server instanceof Server ? server.address() : null
  return typeof address === 'object' && address !== null ? address.port : null
}
