import { SCOPES } from '../slack/app-manifest.ts'
import type { SlackSettings } from '../slack/slack-settings.ts'
import { startSlack } from '../slack/start-slack.ts'
import type { At } from './fake-slack/slack-people.ts'
import { addChannel, addUser, directChannel, type SlackChannel, type SlackUser } from './fake-slack/slack-world.ts'
import { type FakeSlack, startFakeSlack } from './fake-slack/start-fake-slack.ts'
import { type Noted, noteLog } from './note-log.ts'
import { type DeskScript, type ScriptedDesk, scriptDesk } from './scripted-desk.ts'

export type OpenSlack = {
  slack: FakeSlack
  desk: ScriptedDesk
  ana: SlackUser
  sales: SlackChannel
  /** Ana in #sales, unless said otherwise. */
  at(about?: Partial<At>): At
  /** Ana in her direct messages with the bot. */
  direct(): At
  /** Port of the app, where it is reached over HTTP. */
  port: number | null
  logged: Noted[]
  /** Hears nothing new from now on. */
  stopListening(): Promise<void>
  close(): Promise<void>
}

/** The Slack adapter with the real Bolt over the fake Slack, and a scripted desk behind it. */
export async function openSlack(
  options: {
    script?: DeskScript
    settings?: Partial<SlackSettings>
    scopes?: readonly string[]
    before?: (slack: FakeSlack) => void
  } = {},
): Promise<OpenSlack> {
  const slack = await startFakeSlack({ scopes: options.scopes ?? SCOPES })
  const { workspace } = slack
  options.before?.(slack)
  const ana = addUser(workspace, 'Ana')
  const sales = addChannel(workspace, 'sales', { members: [ana.id, workspace.bot.userId] })
  const desk = scriptDesk(options.script)
  const { log, logged } = noteLog()
  const settings = { ...testSettings(slack), ...options.settings }
  const started = await startSlack({ desk, settings, locale: 'en-US', log }).catch(async (error) => {
    await slack.close()
    throw error
  })
  if (started.port !== null) slack.useHttp(`http://127.0.0.1:${started.port}/slack/events`)
  return {
    slack,
    desk,
    ana,
    sales,
    logged,
    port: started.port,
    at: (about = {}) => ({ workspace, user: ana, channel: sales, ...about }),
    direct: () => ({ workspace, user: ana, channel: directChannel(workspace, ana.id) }),
    stopListening: started.stopListening,
    async close() {
      await started.close()
      await slack.close()
    },
  }
}

/** Settings with which the adapter finds a fake Slack, by Socket Mode. */
export function testSettings(slack: FakeSlack): SlackSettings {
  return {
    botToken: slack.workspace.bot.token,
    appToken: slack.appToken,
    signingSecret: null,
    clientId: null,
    clientSecret: null,
    stateSecret: null,
    port: 0,
    readsThreads: false,
    apiUrl: slack.apiUrl,
    pingTimeoutMs: 1_000,
  }
}
