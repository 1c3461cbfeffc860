import type { App, BlockAction } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import { carried } from './answer-doing.ts'
import { PICK, PRESS } from './buttons.ts'
import { readForm } from './read-form.ts'
import { FORM, renderForm } from './render-form.ts'
import { answerLater, type SlackContext } from './slack-context.ts'
import { writeRef } from './slack-platform.ts'

/** Buttons, pickers and forms. */
export function listenToActions(app: App, context: SlackContext): void {
  app.action<BlockAction>(PRESS, async ({ body, action, client, ack, context: { teamId } }) => {
    await ack()
    const id = 'value' in action ? action.value : undefined
    if (id) await press({ body, client, workspace: teamId, id, values: [] }, context)
  })

  app.action<BlockAction>({ action_id: PICK }, async ({ body, action, client, ack, context: { teamId } }) => {
    await ack()
    await press({ body, client, workspace: teamId, id: action.block_id, values: pickedFrom(action) }, context)
  })

  app.view(FORM, async ({ body, view, ack, context: { teamId, botToken } }) => {
    const { form, handle, place: where } = carried.parse(JSON.parse(view.private_metadata))
    const place = { platform: 'slack', workspace: teamId ?? '', ...where }
    const doing = { key: `${view.id}:${view.hash}`, place, personId: body.user.id, handle }
    const working = context.desk.submit({ ...doing, form, ...readForm(view.state, botToken ?? '') })
    const early = await Promise.race([working.catch(() => null), afterPatience()])
    if (early?.kind === 'invalid') return ack({ response_action: 'errors', errors: early.problems })
    if (early?.kind === 'form')
      return ack({ response_action: 'update', view: renderForm(early.form, view.private_metadata) })
    await ack()
    answerLater(context, { doing, trigger: null }, () => working)
  })
}

/** Slack gives up on a form after three seconds; what takes longer is answered by message. */
const PATIENCE_MS = 2_000

function afterPatience(): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS).unref())
}

type Pressed = { body: BlockAction; client: WebClient; workspace: string | undefined; id: string; values: string[] }

async function press({ body, client, workspace = '', id, values }: Pressed, context: SlackContext): Promise<void> {
  const personId = body.user.id
  const channel = body.channel?.id
  const thread = textIn(body.container.thread_ts)
  const place = channel
    ? await context.places.of(client, { workspace, channel, thread, personId })
    : await context.places.openDirect(client, workspace, personId)
  const { trigger_id: key } = body
  const doing = { key, place, personId, handle: body.response_url ?? null }
  const ts = body.container.is_ephemeral ? null : textIn(body.container.message_ts)
  const message = channel ? writeRef({ channel, ts }) : null
  answerLater(context, { doing, trigger: { client, id: key } }, () =>
    context.desk.press({ ...doing, action: id, values, message }),
  )
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function pickedFrom(action: BlockAction['actions'][number]): string[] {
  if ('selected_options' in action) return (action.selected_options ?? []).map(({ value }) => value ?? '')
  if ('selected_option' in action && action.selected_option) return [action.selected_option.value ?? '']
  return []
}
