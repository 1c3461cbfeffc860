import { Client, GatewayIntentBits, Options, Partials } from 'discord.js'

export type ClientOptions = {
  /** Whether to ask for the privileged intent, with which every message can be read, not only those that concern the bot. */
  messageContent: boolean
  /** Address of the HTTP API, where it is not Discord's own. */
  api?: string | undefined
}

/** A client that hears what it must and leaves retries to the desk. */
export function createClient({ messageContent, api }: ClientOptions): Client {
  const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits
  return new Client({
    intents: [Guilds, GuildMessages, DirectMessages, ...(messageContent ? [MessageContent] : [])],
    // Direct messages and edits of messages that were never seen come in parts.
    partials: [Partials.Channel, Partials.Message],
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 50, ReactionManager: 0 }),
    rest: {
      ...(api === undefined ? {} : { api }),
      retries: 0,
      // Who waits and for how long is decided in one place, by the desk; registering commands may wait here.
      rejectOnRateLimit: ({ route }) => !route.startsWith('/applications'),
    },
  })
}
