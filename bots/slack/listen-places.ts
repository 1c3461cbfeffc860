import type { App } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { HomeView } from '../desk/desk.ts'
import { cutText } from '../reply/cut-text.ts'
import { limits } from './limits.ts'
import { renderMessage } from './render-message.ts'
import { renderPage } from './render-page.ts'
import type { SlackContext } from './slack-context.ts'

/** App Home, the assistant's pane, and workspaces that remove the app. */
export function listenToPlaces(app: App, context: SlackContext): void {
  app.event('app_home_opened', async ({ event, client, context: { teamId = '' } }) => {
    const place = context.places.ofEvent(
      { workspace: teamId, channel: event.channel, thread: null, personId: event.user },
      { direct: true, shared: false },
    )
    const home = await context.desk.home({ place, personId: event.user })
    if (event.tab === 'home')
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: homeBlocks(home, context) } })
    else await suggest(client, home, { channel: event.channel })
  })

  app.event('assistant_thread_started', async ({ event, client, context: { teamId = '' } }) => {
    const { user_id: personId, channel_id: channel, thread_ts: thread } = event.assistant_thread
    const place = context.places.ofEvent(
      { workspace: teamId, channel, thread, personId },
      { direct: true, shared: false },
    )
    await suggest(client, await context.desk.home({ place, personId }), { channel, thread })
  })

  app.event('app_uninstalled', async ({ context: { teamId }, body }) => {
    context.workspaces.remove(teamId ?? body.team_id)
    context.log.info({ workspace: teamId }, 'a Slack workspace uninstalled the app')
  })

  app.event('tokens_revoked', async ({ event, context: { teamId }, body }) => {
    if ((event.tokens.bot ?? []).length === 0) return
    context.workspaces.remove(teamId ?? body.team_id)
    context.log.warn({ workspace: teamId }, 'a Slack workspace revoked the bot’s token')
  })
}

function homeBlocks({ page }: HomeView, { locale }: SlackContext) {
  return page.kind === 'page' ? renderPage(page, limits.viewBlocks) : renderMessage(page, { locale }).blocks
}

const MOST_PROMPTS = 4
const MAX_PROMPT = 250

/** Questions that the person's databases can answer, to begin with. */
async function suggest(
  client: WebClient,
  { examples }: HomeView,
  { channel, thread }: { channel: string; thread?: string },
): Promise<void> {
  if (examples.length === 0) return
  const prompts = examples.slice(0, MOST_PROMPTS).map((message) => ({ title: cutText(message, MAX_PROMPT), message }))
  const where = thread === undefined ? { channel_id: channel } : { channel_id: channel, thread_ts: thread }
  await client.assistant.threads.setSuggestedPrompts({ ...where, prompts: prompts as [(typeof prompts)[0]] })
}
