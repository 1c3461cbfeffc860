import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '#core/config.ts'
import { advised } from '#core/rowbot-error.ts'
import { benchmarkLines, brokenInNight } from '#eval/nightly/last-night-lines.ts'
import type { Generator } from '#models/generator.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { ChatPlatform } from '../desk/chat-platform.ts'
import { createDesk } from '../desk/create-desk.ts'
import type { Desk, StartedAdapter } from '../desk/desk.ts'
import { discordSettings } from '../discord/discord-settings.ts'
import { slackSettings } from '../slack/slack-settings.ts'
import { places, type Rooms } from './open-rooms.ts'

type Parts = { rooms: Rooms; conversation: Conversation; generator: Generator; log: Logger }

/** The chats, and the platforms that are connected by now. */
export type StartedChats = {
  platforms: ReadonlyMap<string, ChatPlatform>
  /** Takes nothing new, and answers what ends soon; the rest goes on after the next start. */
  close(): Promise<void>
}

const GRACE_MS = 10_000

/**
 * Opens the desk and connects every chat whose tokens are set. A chat that cannot be reached, or whose tokens are no good, is said in the
 * log and stops nothing else.
 */
export function startChats({ rooms, conversation, generator, log }: Parts): StartedChats {
  const { config, state, registry, sampleId } = rooms
  const { name, hash } = generator.identity
  const desk = createDesk({
    conversation,
    memory: state,
    databases: registry,
    sampleId,
    settings: config,
    uploadDir: join(places(config.home).uploads, 'chats'),
    model: `${name} (${hash.slice(0, 12)})`,
    benchmark: async () => benchmarkLines(state),
    newlyBroken: async (night) => brokenInNight(state, night),
    log,
  })
  const stopping = new AbortController()
  const starting = chatsOf(config).map(async ({ chat, start }) => {
    try {
      return await start({ desk, config, log: log.child({ chat }), signal: stopping.signal })
    } catch (error) {
      if (!stopping.signal.aborted) log.error({ err: error, chat }, `${chat} is not connected: ${sayProblem(error)}`)
      return null
    }
  })
  return {
    platforms: desk.platforms,
    async close() {
      stopping.abort(new Error('shutting down'))
      const started = (await Promise.all(starting)).filter((one) => one !== null)
      // Where it fails, closing says so: what is under way is ended or handed back in any case.
      await Promise.allSettled(started.map((one) => one.stopListening()))
      await desk.close({ graceMs: GRACE_MS })
      await Promise.all(started.map((one) => one.close()))
    },
  }
}

type Starting = { desk: Desk; config: Config; log: Logger; signal: AbortSignal }
type Chat = { chat: string; start: (parts: Starting) => Promise<StartedAdapter> }

/** The chats whose tokens are set. */
function chatsOf(config: Config): Chat[] {
  const slack = config.slackBotToken ?? config.slackClientId
  return [
    ...(slack === null ? [] : [{ chat: 'Slack', start: slackChat }]),
    ...(config.discordToken === null ? [] : [{ chat: 'Discord', start: discordChat(config.discordToken) }]),
  ]
}

// The libraries of chats are loaded only where there are tokens: they take their time.
const slackChat: Chat['start'] = async ({ desk, config, log, signal }) => {
  const { startSlack } = await import('../slack/start-slack.ts')
  return startSlack({ desk, log, signal, settings: slackSettings(config), locale: config.locale })
}

const discordChat =
  (token: string): Chat['start'] =>
  async ({ desk, config, log, signal }) => {
    const { startDiscord } = await import('../discord/start-discord.ts')
    return startDiscord({ ...discordSettings(config), desk, token, log, signal, locale: config.locale })
  }

function sayProblem(error: unknown): string {
  const { message, advice } = advised(error)
  return `${message} ${advice}`
}
