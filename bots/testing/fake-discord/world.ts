/** Everything that exists in the fake: what Discord would have in its database. */
export type World = {
  application: { id: string; token: string; user: User; messageContent: boolean }
  guilds: Map<string, Guild>
  channels: Map<string, Channel>
  users: Map<string, User>
  /** In the order in which they were sent; deleted ones are gone. */
  messages: Message[]
  interactions: Map<string, Interaction>
  commands: Command[]
  files: Map<string, Buffer>
  /** Where files are served. */
  fileBase: string
  newId(): string
}

export type User = { id: string; name: string; bot: boolean; locale: string }

export type Guild = {
  id: string
  name: string
  ownerId: string
  roles: { id: string; name: string; permissions: bigint }[]
  members: Map<string, { roles: string[] }>
  /** Permissions that the bot lacks in all of the server. */
  withheld: bigint
}

/** `guildId` is null for direct messages with `recipientId`. `allowed` is what the bot may do there. */
export type Channel = {
  id: string
  name: string
  guildId: string | null
  recipientId: string | null
  allowed: { view: boolean; send: boolean; attach: boolean; history: boolean }
}

export type Attachment = { id: string; filename: string; description: string | null; size: number; url: string }

export type Component = { type: number; id?: number; [key: string]: unknown }

export type Message = {
  id: string
  channelId: string
  authorId: string
  content: string
  components: Component[]
  attachments: Attachment[]
  flags: number
  nonce: string | null
  replyTo: string | null
  edited: boolean
  /** Who alone sees it; null: all in the channel. */
  onlyFor: string | null
  /** Token of the interaction that it answers. */
  interactionToken: string | null
  /** Whom it pinged. */
  pings: string[]
}

export type Interaction = {
  id: string
  token: string
  type: number
  userId: string
  channelId: string
  createdAt: number
  /** Set once its token may not be used any more. */
  expired: boolean
  /** Callback type of its first response; null while there is none. */
  response: number | null
  originalId: string | null
  /** The message whose button was pressed, or from which its form was opened. */
  messageId: string | null
  /** Name of the command that was used; null for everything else. */
  command: string | null
  modal: Modal | null
  choices: { name: string; value: string }[] | null
}

export type Modal = { custom_id: string; title: string; components: Component[] }

export type Command = { name: string; description: string; options?: CommandOption[] }
export type CommandOption = {
  type: number
  name: string
  required?: boolean
  autocomplete?: boolean
  options?: CommandOption[]
}

export const FLAGS = { ephemeral: 1 << 6, loading: 1 << 7, componentsV2: 1 << 15 }

export const PERMISSIONS = {
  administrator: 1n << 3n,
  manageGuild: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  attachFiles: 1n << 15n,
  readMessageHistory: 1n << 16n,
  useCommands: 1n << 31n,
  sendInThreads: 1n << 38n,
}

const DISCORD_EPOCH = 1_420_070_400_000

/** A world with the bot and nobody else. */
export function createWorld({ token, messageContent }: { token: string; messageContent: boolean }): World {
  let count = 0
  const newId = () => String((BigInt(Date.now() - DISCORD_EPOCH) << 22n) | BigInt(count++ & 0xfff))
  const id = newId()
  const user: User = { id, name: 'Rowbot', bot: true, locale: 'en-US' }
  return {
    application: { id, token, user, messageContent },
    guilds: new Map(),
    channels: new Map(),
    users: new Map([[id, user]]),
    messages: [],
    interactions: new Map(),
    commands: [],
    files: new Map(),
    fileBase: '',
    newId,
  }
}
