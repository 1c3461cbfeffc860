import { type App, HTTPReceiver, type Logger, type Receiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt'
import { z } from 'zod'
import { RowbotError } from '#core/rowbot-error.ts'
import { SCOPES } from './app-manifest.ts'
import type { SlackSettings } from './slack-settings.ts'
import { clientOptions, type Workspaces } from './workspaces.ts'

/** How what happens in Slack gets here: through sockets that we open, or to our own address, with OAuth beside either. */
export function createReceiver(settings: SlackSettings, store: Workspaces['store'], logger: Logger): Receiver {
  if (settings.clientId !== null && !hasOauth(settings))
    throw notSetUp('For several workspaces Slack needs a client secret, and a key under which their tokens are kept.', {
      advice: 'Set ROWBOT_SLACK_CLIENT_SECRET and ROWBOT_SECRET_KEY.',
    })
  const options = clientOptions(settings.apiUrl, logger)
  const oauth = oauthOptions(settings, store, options)
  if (settings.appToken)
    return new CarefulSocketReceiver({
      ...oauth,
      appToken: settings.appToken,
      logger,
      installerOptions: {
        ...oauth.installerOptions,
        port: settings.port,
        // Slack may be away for hours: the connection is tried again until it is back, at least every half minute.
        clientOptions: { ...options, rejectRateLimitedCalls: false, retryConfig: RECONNECT },
      },
      ...(settings.pingTimeoutMs ? { clientPingTimeout: settings.pingTimeoutMs } : {}),
    })
  if (settings.signingSecret)
    return new HTTPReceiver({
      ...oauth,
      signingSecret: settings.signingSecret,
      logger,
      port: settings.port,
      // What happened is written down before Slack is told that it arrived.
      processBeforeResponse: true,
    })
  throw notSetUp('Slack needs an app-level token, or a signing secret for Slack over HTTP.', {
    advice: 'Set ROWBOT_SLACK_APP_TOKEN; `rowbot install slack` says how to get it.',
  })
}

function notSetUp(message: string, { advice }: { advice: string }): RowbotError {
  return new RowbotError({ code: 'slack-not-set-up', message, advice })
}

/** Whether further workspaces can install the app: Bolt then asks the installation store who it answers as. */
export function hasOauth({ clientId, clientSecret, stateSecret }: SlackSettings): boolean {
  return clientId !== null && clientSecret !== null && stateSecret !== null
}

const RECONNECT = { forever: true, factor: 1.5, minTimeout: 500, maxTimeout: 30_000 }

function oauthOptions(settings: SlackSettings, store: Workspaces['store'], options: ReturnType<typeof clientOptions>) {
  const { clientId, clientSecret, stateSecret } = settings
  if (clientId === null || clientSecret === null || stateSecret === null) return { installerOptions: {} }
  const installerOptions = { clientOptions: options, directInstall: true }
  return { clientId, clientSecret, stateSecret, scopes: SCOPES, installationStore: store, installerOptions }
}

/**
 * Bolt acknowledges events before anybody has heard them; here they are acknowledged once they are dealt with, so that none is lost in a
 * crash. And where Bolt fails to connect anew, or is stopped while it does, nobody listens to the failure: it would end the program.
 */
class CarefulSocketReceiver extends SocketModeReceiver {
  constructor(options: ConstructorParameters<typeof SocketModeReceiver>[0] & { logger: Logger }) {
    super(options)
    const { client } = this
    client.on('ws_message', (data: unknown) => {
      const { connections } = hello.safeParse(data).data ?? { connections: 1 }
      if (connections > 1) options.logger.warn(othersToo(connections))
    })
    const connect = client.start.bind(client)
    let connected = 0
    client.start = () => {
      connected += 1
      if (connected === 1) return connect()
      return connect().catch((error: unknown) => {
        if (error) options.logger.error('the socket to Slack could not be opened again:', error)
        return { ok: false }
      })
    }
  }

  override init(app: App): void {
    const careful = Object.create(app) as App
    careful.processEvent = async (event: ReceiverEvent) => {
      if (event.body.type !== 'event_callback') return app.processEvent(event)
      await app.processEvent({ ...event, ack: async () => undefined })
      await event.ack()
    }
    super.init(careful)
  }
}

/** The first thing that is said on a socket; everything else is Bolt's. */
const hello = z
  .string()
  .transform((text) => JSON.parse(text))
  .pipe(z.object({ type: z.literal('hello'), num_connections: z.number() }))
  .transform(({ num_connections }) => ({ connections: num_connections }))

/** Slack gives each event to one of the sockets: no question is answered twice, but each program knows only its own. */
function othersToo(connections: number): string {
  return `Slack counts ${connections} connections of this app. If another Rowbot runs with the same tokens, stop one: they would take turns with questions, and neither would know the other’s.`
}
