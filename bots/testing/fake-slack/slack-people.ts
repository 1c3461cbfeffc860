import type { Acknowledgement, Delivery, Envelope } from './delivery.ts'
import { type FormInput, fillIn } from './fill-in.ts'
import { type PeopleMessages, peopleMessages } from './people-messages.ts'
import { pressable } from './pressable.ts'
import {
  directChannel,
  nextTimestamp,
  type OpenView,
  type SlackChannel,
  type SlackMessage,
  type SlackUser,
  slackId,
  type Workspace,
} from './slack-world.ts'
import type { Triggers } from './triggers.ts'
import { viewObject } from './view-methods.ts'

/** What people do in Slack, as the app hears of it. Each gives how the app acknowledged. */
export type SlackPeople = PeopleMessages & {
  /** `/command text`. */
  command(person: At, command: string, text: string): Promise<Acknowledgement & { tookMs: number }>
  /** Presses the button with this label, or picks options by their labels. */
  press(person: At, message: SlackMessage, label: string, picked?: string[]): Promise<Acknowledgement>
  /** Presses a button in the person's App Home. */
  pressHome(person: At, label: string): Promise<Acknowledgement>
  /** Fills in the modal that is open for the person and sends it; throws where a required field stays empty. */
  submit(person: At, filled: Record<string, FormInput>): Promise<Acknowledgement>
  openHome(person: At, tab: 'home' | 'messages'): Promise<void>
  /** Any event, as it stands; `resend` sends one again as Slack does after three seconds of silence. */
  event(workspace: Workspace, event: Record<string, unknown>): Promise<Envelope>
  resend(envelope: Envelope): Promise<Acknowledgement>
  /** Everything that was sent, in order. */
  sent: Envelope[]
}

export type At = { workspace: Workspace; user: SlackUser; channel: SlackChannel; thread?: string }

/** Slack shows "operation_timeout" after this. */
const ACK_MS = 3_000

type Parts = { deliver: Delivery['deliver']; triggers: Triggers; baseUrl: string; changed(): void }

export function createSlackPeople({ deliver, triggers, baseUrl, changed }: Parts): SlackPeople {
  const sent: Envelope[] = []
  const send = (envelope: Envelope) => {
    sent.push(envelope)
    return deliver(envelope, ACK_MS)
  }
  const newEnvelope = (type: Envelope['type'], payload: Envelope['payload']): Envelope => ({
    id: crypto.randomUUID(),
    type,
    payload,
    accepts_response_payload: type !== 'events_api',
  })
  const interact = (payload: Envelope['payload']) => send(newEnvelope('interactive', payload))

  async function event(workspace: Workspace, about: Record<string, unknown>): Promise<Envelope> {
    const channel = workspace.channels.get(String(about.channel))
    const envelope = newEnvelope('events_api', {
      token: 'verification',
      team_id: workspace.id,
      api_app_id: 'A0ROWBOT',
      event: { ...about, event_ts: nextTimestamp() },
      type: 'event_callback',
      event_id: slackId('Ev'),
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [
        {
          team_id: workspace.id,
          user_id: workspace.bot.userId,
          is_bot: true,
          is_enterprise_install: false,
          enterprise_id: null,
        },
      ],
      is_ext_shared_channel: channel?.isShared ?? false,
    })
    await send(envelope)
    return envelope
  }

  function clicked({ workspace, user, channel }: At, messageTs?: string): Record<string, unknown> {
    const place = { workspaceId: workspace.id, channelId: channel.id, userId: user.id, messageTs }
    return {
      team: { id: workspace.id, domain: workspace.domain },
      user: { id: user.id, username: user.name, name: user.name, team_id: user.team },
      api_app_id: 'A0ROWBOT',
      token: 'verification',
      trigger_id: triggers.newTrigger(user.id),
      ...(messageTs === undefined ? {} : { response_url: triggers.newResponseUrl(place) }),
    }
  }

  async function submit(at: At, filled: Record<string, FormInput>): Promise<Acknowledgement> {
    const { workspace, user } = at
    const opened = [...workspace.views.values()].reverse().find(({ owner }) => owner === user.id)
    if (!opened) throw new Error('no modal is open')
    const values = fillIn(opened.view, filled, { workspace, user, baseUrl })
    const view = viewObject(workspace, opened, values)
    const acknowledged = await interact({ type: 'view_submission', ...clicked(at), view, response_urls: [] })
    settle(workspace, opened, acknowledged)
    return acknowledged
  }

  function settle(workspace: Workspace, opened: OpenView, { isAcknowledged, payload }: Acknowledgement): void {
    const action =
      typeof payload === 'object' && payload !== null && 'response_action' in payload
        ? payload.response_action
        : undefined
    if (isAcknowledged && action === undefined) workspace.views.delete(opened.id)
    if (action === 'clear') workspace.views.clear()
    changed()
  }

  return {
    ...peopleMessages({ event, changed }),
    sent,
    event,
    submit,
    resend: (envelope) =>
      send({
        ...envelope,
        id: crypto.randomUUID(),
        retry_attempt: (envelope.retry_attempt ?? 0) + 1,
        retry_reason: 'timeout',
      }),
    async command({ workspace, user, channel }, command, text) {
      const place = { workspaceId: workspace.id, channelId: channel.id, userId: user.id }
      const start = performance.now()
      const acknowledged = await send(
        newEnvelope('slash_commands', {
          token: 'verification',
          team_id: workspace.id,
          team_domain: workspace.domain,
          channel_id: channel.id,
          channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
          user_id: user.id,
          user_name: user.name,
          command,
          text,
          api_app_id: 'A0ROWBOT',
          is_enterprise_install: 'false',
          response_url: triggers.newResponseUrl(place),
          trigger_id: triggers.newTrigger(user.id),
        }),
      )
      return { ...acknowledged, tookMs: performance.now() - start }
    },
    press(at, message, label, picked = []) {
      const action = pressable(message.blocks, label, picked)
      const container = {
        type: 'message',
        message_ts: message.ts,
        channel_id: at.channel.id,
        is_ephemeral: message.onlyFor !== undefined,
        ...(message.thread ? { thread_ts: message.thread } : {}),
      }
      const shown =
        message.onlyFor === undefined
          ? {
              message: {
                type: 'message',
                user: message.user,
                ts: message.ts,
                text: message.text,
                blocks: message.blocks,
                ...(message.thread ? { thread_ts: message.thread } : {}),
              },
            }
          : {}
      const channel = { id: at.channel.id, name: at.channel.name }
      return interact({
        type: 'block_actions',
        ...clicked(at, message.ts),
        container,
        channel,
        ...shown,
        actions: [action],
      })
    },
    pressHome(at, label) {
      const home = at.workspace.homes.get(at.user.id)
      if (!home) throw new Error('the home is empty')
      const view = viewObject(at.workspace, { id: slackId('V'), hash: 'h', owner: at.user.id, view: home })
      const container = { type: 'view', view_id: 'V' }
      return interact({
        type: 'block_actions',
        ...clicked(at),
        container,
        view,
        actions: [pressable(home.blocks, label, [])],
      })
    },
    async openHome({ workspace, user }, tab) {
      const channel = directChannel(workspace, user.id)
      await event(workspace, { type: 'app_home_opened', user: user.id, channel: channel.id, tab })
    },
  }
}
