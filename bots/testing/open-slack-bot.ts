import type { ScriptedGenerator } from '#core/testing/scripted-generator.ts'
import { SCOPES } from '../slack/app-manifest.ts'
import { startSlack } from '../slack/start-slack.ts'
import { showMessage } from './fake-slack/show-message.ts'
import type { At } from './fake-slack/slack-people.ts'
import {
  addChannel,
  addUser,
  directChannel,
  type SlackChannel,
  type SlackMessage,
  type SlackUser,
} from './fake-slack/slack-world.ts'
import { type FakeSlack, startFakeSlack } from './fake-slack/start-fake-slack.ts'
import { type Noted, noteLog } from './note-log.ts'
import { testSettings } from './open-slack.ts'
import { openTestDesk, type TestDesk } from './open-test-desk.ts'

/** The whole bot in a fake Slack: real Bolt, desk, state, databases and sandbox; only the model is scripted. */
export type SlackBot = {
  slack: FakeSlack
  desk: TestDesk
  ana: SlackUser
  sales: SlackChannel
  /** Ana in #sales, unless said otherwise. */
  at(about?: Partial<At>): At
  direct(user?: SlackUser): At
  /** Mentions the bot; gives the question's time, which is its thread. */
  mention(text: string, at?: At): Promise<string>
  /** Waits for a message of the bot's in which this stands. */
  said(words: string | RegExp, channel?: SlackChannel): Promise<SlackMessage>
  /** What the bot said in a channel, in order. */
  own(channel?: SlackChannel): SlackMessage[]
  /** Lets the channel ask these databases. */
  bind(channel: SlackChannel, names: string[]): void
  /** What was logged, by desk and adapter. */
  logged: Noted[]
  /** Ends the adapter and starts it again, as with another token. */
  reconnect(): Promise<void>
  close(): Promise<void>
}

/** Ana owns the databases; nothing is bound to a channel yet. */
export async function openSlackBot({
  dumps,
  generator,
  scopes = SCOPES,
}: {
  dumps: Record<string, string>
  generator: ScriptedGenerator
  scopes?: readonly string[]
}): Promise<SlackBot> {
  const slack = await startFakeSlack({ scopes })
  const { workspace, people } = slack
  const ana = addUser(workspace, 'Ana')
  const sales = addChannel(workspace, 'sales', { members: [ana.id, workspace.bot.userId] })
  const { log, logged } = noteLog()
  const desk = await openTestDesk({ dumps, generator, log })
  const { state } = desk.parts
  const key = `slack:${ana.id}`
  state.people.ensure({ id: key, workspaceId: `slack:${workspace.id}`, name: 'Ana' })
  for (const id of Object.values(desk.ids)) state.databases.update(id, { ownerId: key })
  const start = () => startSlack({ desk: desk.desk, settings: testSettings(slack), locale: 'en-US', log })
  let started = await start()
  const at: SlackBot['at'] = (about = {}) => ({ workspace, user: ana, channel: sales, ...about })
  const own: SlackBot['own'] = (channel = sales) => channel.messages.filter(({ user }) => user === workspace.bot.userId)
  const matches = (message: SlackMessage, words: string | RegExp) =>
    typeof words === 'string' ? showMessage(message).includes(words) : words.test(showMessage(message))
  return {
    slack,
    desk,
    ana,
    sales,
    at,
    own,
    logged,
    bind(channel, names) {
      const { access } = state
      const key = `slack:${workspace.id}:${channel.id}`
      const ids = names.map((name) => desk.ids[name] ?? '')
      for (const id of ids) access.setRules(id, { ...access.rules(id), channels: [key] })
      access.bind(key, ids)
    },
    async reconnect() {
      await started.close()
      started = await start()
    },
    direct: (user = ana) => ({ workspace, user, channel: directChannel(workspace, user.id) }),
    mention: (text, where = at()) => people.say(where, `<@${workspace.bot.userId}> ${text}`),
    async said(words, channel) {
      const look = () => own(channel).find((message) => matches(message, words))
      try {
        return await slack.until(look, 15_000)
      } catch {
        throw new Error(`nobody said ${words}, only:\n${own(channel).map(showMessage).join('\n---\n')}`)
      }
    },
    async close() {
      await started.close()
      await desk.close()
      await slack.close()
    },
  }
}
