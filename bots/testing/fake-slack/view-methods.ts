import { z } from 'zod'
import { checkView } from './check-blocks.ts'
import { SlackRefusal } from './slack-refusal.ts'
import { type OpenView, slackId, type Workspace } from './slack-world.ts'
import { json, type WebMethod, webMethod, writableChannel } from './web-method.ts'

const prompts = json.pipe(
  z
    .array(z.strictObject({ title: z.string().min(1), message: z.string().min(1) }))
    .min(1)
    .max(4),
)

/** Modals, App Home and the assistant pane. */
export const viewMethods: Record<string, WebMethod> = {
  /** https://docs.slack.dev/reference/methods/views.open */
  'views.open': webMethod([], { trigger_id: z.string(), view: json }, (context, args) => {
    const checked = checkView(args.view, 'modal')
    const { userId } = context.takeTrigger(args.trigger_id)
    const opened: OpenView = { id: slackId('V'), hash: crypto.randomUUID(), owner: userId, view: checked }
    context.workspace.views.set(opened.id, opened)
    context.changed()
    return { view: viewObject(context.workspace, opened) }
  }),
  /** https://docs.slack.dev/reference/methods/views.update */
  'views.update': webMethod([], { view_id: z.string(), hash: z.string().optional(), view: json }, (context, args) => {
    const opened = context.workspace.views.get(args.view_id)
    if (!opened) throw new SlackRefusal('not_found')
    if (args.hash !== undefined && args.hash !== opened.hash) throw new SlackRefusal('hash_conflict')
    Object.assign(opened, { view: checkView(args.view, 'modal'), hash: crypto.randomUUID() })
    context.changed()
    return { view: viewObject(context.workspace, opened) }
  }),
  /** https://docs.slack.dev/reference/methods/views.publish */
  'views.publish': webMethod([], { user_id: z.string(), view: json }, ({ workspace, changed }, { user_id, view }) => {
    if (!workspace.users.has(user_id)) throw new SlackRefusal('user_not_found')
    const home = checkView(view, 'home')
    workspace.homes.set(user_id, home)
    changed()
    return { view: { ...home, id: slackId('V'), team_id: workspace.id } }
  }),
  /** https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts */
  'assistant.threads.setSuggestedPrompts': webMethod(
    ['assistant:write', 'chat:write'],
    { channel_id: z.string(), thread_ts: z.string().optional(), title: z.string().optional(), prompts },
    ({ workspace, changed }, args) => {
      const channel = writableChannel(workspace, args.channel_id)
      workspace.prompts.push({ channel: channel.id, thread: args.thread_ts, title: args.title, prompts: args.prompts })
      changed()
      return {}
    },
  ),
}

/** https://docs.slack.dev/reference/views */
export function viewObject(workspace: Workspace, { id, hash, view }: OpenView, values: object = {}): object {
  return {
    id,
    team_id: workspace.id,
    app_id: 'A0ROWBOT',
    bot_id: workspace.bot.botId,
    private_metadata: '',
    callback_id: '',
    ...view,
    hash,
    state: { values },
    root_view_id: id,
    previous_view_id: null,
  }
}
