import { z } from 'zod'
import { SlackRefusal } from './slack-refusal.ts'
import { findMessage, type SlackChannel, type SlackMessage, type Workspace } from './slack-world.ts'

/** What a method of the Web API works on. */
export type MethodContext = {
  workspace: Workspace
  /** Address of the fake itself. */
  baseUrl: string
  /** Uses a trigger up; refuses one that is unknown, used or older than three seconds. */
  takeTrigger(id: string): { userId: string }
  /** Called after every change that people would see. */
  changed(): void
}

/** One method: which scopes it needs (one of them), what it takes, what it answers beside `ok`. */
export type WebMethod = {
  scopes: string[]
  run(context: MethodContext, given: Record<string, string>): object
}

/** A method whose arguments are checked first. */
export function webMethod<T extends z.ZodRawShape>(
  scopes: string[],
  shape: T,
  run: (context: MethodContext, args: z.infer<z.ZodObject<T>>) => object,
): WebMethod {
  const schema = z.object(shape)
  return {
    scopes,
    run(context, given) {
      const { success, data, error } = schema.safeParse(given)
      if (success) return run(context, data)
      const said = error.issues.map(({ message, path }) => `[ERROR] ${message} [${path.join('.')}]`)
      throw new SlackRefusal('invalid_arguments', { response_metadata: { messages: said } })
    },
  }
}

/** An argument that is JSON within the form. */
export const json = z.string().transform((given, context): unknown => {
  try {
    return JSON.parse(given)
  } catch {
    context.addIssue('not JSON')
    return z.NEVER
  }
})

export const flag = z.enum(['true', 'false', '1', '0']).transform((given) => given === 'true' || given === '1')

/** The channel, where the bot may see it. */
export function channelOf(workspace: Workspace, id: string): SlackChannel {
  const channel = workspace.channels.get(id)
  if (!channel) throw new SlackRefusal('channel_not_found')
  return channel
}

/** The channel, where the bot may write to it. A person's id means their direct channel, which must be open. */
export function writableChannel(workspace: Workspace, id: string): SlackChannel {
  const channel = channelOf(workspace, id)
  if (channel.isArchived) throw new SlackRefusal('is_archived')
  if (!channel.members.has(workspace.bot.userId)) {
    throw new SlackRefusal(channel.kind === 'public' ? 'not_in_channel' : 'channel_not_found')
  }
  return channel
}

/** A message of the bot's own. */
export function ownMessage(workspace: Workspace, channel: SlackChannel, ts: string): SlackMessage {
  const message = findMessage(channel, ts)
  if (!message || message.onlyFor !== undefined) throw new SlackRefusal('message_not_found')
  if (message.user !== workspace.bot.userId) throw new SlackRefusal('cant_update_message')
  return message
}

/** A message as the Web API gives it. */
export function messageObject(workspace: Workspace, message: SlackMessage): object {
  const isOwn = message.user === workspace.bot.userId
  return {
    type: 'message',
    user: message.user,
    ...(isOwn ? { bot_id: workspace.bot.botId } : {}),
    team: workspace.id,
    ts: message.ts,
    text: message.text,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.thread ? { thread_ts: message.thread } : {}),
    ...(message.edits > 0 ? { edited: { user: message.user, ts: message.ts } } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
  }
}
