/** What a workspace holds, as its people would see it. Everything is kept in memory. */
export type Workspace = {
  id: string
  name: string
  domain: string
  bot: { userId: string; botId: string; token: string; scopes: Set<string>; isRevoked: boolean }
  users: Map<string, SlackUser>
  /** User groups and who is in them. */
  groups: Map<string, { id: string; handle: string; members: string[] }>
  channels: Map<string, SlackChannel>
  files: Map<string, SlackFile>
  /** Open modals by id. */
  views: Map<string, OpenView>
  homes: Map<string, SlackView>
  prompts: { channel: string; thread: string | undefined; title: string | undefined; prompts: unknown[] }[]
}

export type SlackUser = {
  id: string
  name: string
  team: string
  timeZone: string
  locale: string
  isGuest: boolean
  isBot: boolean
  isAdmin: boolean
  isDeleted: boolean
}

export type SlackChannel = {
  id: string
  name: string
  kind: 'public' | 'private' | 'im'
  members: Set<string>
  /** True where people of other organisations are in it. */
  isShared: boolean
  isArchived: boolean
  messages: SlackMessage[]
}

export type SlackMessage = {
  ts: string
  user: string
  text: string
  blocks: SlackBlock[]
  thread: string | undefined
  files: SlackFile[]
  metadata: unknown
  /** The only person who sees it. */
  onlyFor: string | undefined
  edits: number
}

/** A block or an element, checked by block-schema.ts before it gets here. */
export type SlackBlock = {
  type: string
  block_id?: string
  elements?: SlackElement[]
  element?: SlackElement
  accessory?: SlackElement
  child_blocks?: SlackBlock[]
  slack_file?: { id?: string }
  alt_text?: string
  title?: { text: string }
  text?: { type: string; text: string } | string
  fields?: { type: string; text: string }[]
  label?: { text: string }
  hint?: { text: string }
  optional?: boolean
  rows?: SlackElement[][]
  caption?: string
  default_collapsed?: boolean
}

export type SlackElement = {
  type: string
  action_id?: string
  text?: { type: string; text: string } | string
  value?: string
  url?: string
  range?: string
  user_id?: string
  style?: unknown
  elements?: SlackElement[]
  options?: SlackOption[]
  initial_option?: SlackOption
  initial_options?: SlackOption[]
  initial_users?: string[]
  initial_conversations?: string[]
  initial_value?: string
  positive_button?: { text: { text: string }; value: string }
  negative_button?: { text: { text: string }; value: string }
  placeholder?: { text: string }
  max_files?: number
}

export type SlackOption = { text: { type: string; text: string }; value: string }

export type SlackView = {
  type: 'modal' | 'home'
  blocks: SlackBlock[]
  title?: { text: string }
  submit?: { text: string }
  callback_id?: string
  private_metadata?: string
}

export type OpenView = { id: string; hash: string; owner: string; view: SlackView }

export type SlackFile = {
  id: string
  name: string
  title: string
  content: Buffer
  altText: string | undefined
  user: string
  mimetype: string
  /** Slack goes over a file before it can be shown; in milliseconds since the epoch. */
  readyAt: number
  isComplete: boolean
}

let made = 0

/** An id in Slack's form: a letter and at least eight capitals or digits. */
export function slackId(letter: string): string {
  made += 1
  return `${letter}${made.toString(36).toUpperCase().padStart(9, '0')}`
}

/** A message's time, which is its id: no two are the same. */
export function nextTimestamp(now = Date.now()): string {
  made += 1
  return `${Math.floor(now / 1000)}.${String(made % 1_000_000).padStart(6, '0')}`
}

export function createWorkspace({ name, scopes }: { name: string; scopes: readonly string[] }): Workspace {
  const id = slackId('T')
  const botUserId = slackId('U')
  const workspace: Workspace = {
    id,
    name,
    domain: name.toLowerCase(),
    bot: {
      userId: botUserId,
      botId: slackId('B'),
      token: `xoxb-${id}-${crypto.randomUUID()}`,
      scopes: new Set(scopes),
      isRevoked: false,
    },
    users: new Map(),
    groups: new Map(),
    channels: new Map(),
    files: new Map(),
    views: new Map(),
    homes: new Map(),
    prompts: [],
  }
  addUser(workspace, 'rowbot', { id: botUserId, isBot: true })
  return workspace
}

export function addUser(workspace: Workspace, name: string, about: Partial<SlackUser> = {}): SlackUser {
  const user: SlackUser = {
    id: slackId('U'),
    name,
    team: workspace.id,
    timeZone: 'Europe/Berlin',
    locale: 'en-US',
    isGuest: false,
    isBot: false,
    isAdmin: false,
    isDeleted: false,
    ...about,
  }
  workspace.users.set(user.id, user)
  return user
}

export function addChannel(
  workspace: Workspace,
  name: string,
  about: Partial<Omit<SlackChannel, 'members'>> & { members: string[] },
): SlackChannel {
  const { members, ...rest } = about
  const letter = rest.kind === 'im' ? 'D' : 'C'
  const channel: SlackChannel = {
    id: slackId(letter),
    name,
    kind: 'public',
    isShared: false,
    isArchived: false,
    messages: [],
    ...rest,
    members: new Set(members),
  }
  workspace.channels.set(channel.id, channel)
  return channel
}

/** The direct channel of a person and the bot; made with the first message. */
export function directChannel(workspace: Workspace, userId: string): SlackChannel {
  const there = [...workspace.channels.values()].find(({ kind, members }) => kind === 'im' && members.has(userId))
  return there ?? addChannel(workspace, userId, { kind: 'im', members: [userId, workspace.bot.userId] })
}

/** The message with this time, wherever it stands in the channel. */
export function findMessage(channel: SlackChannel, ts: string): SlackMessage | undefined {
  return channel.messages.find((message) => message.ts === ts)
}
