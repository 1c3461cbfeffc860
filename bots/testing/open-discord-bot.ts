import type { ScriptedGenerator } from '#core/testing/scripted-generator.ts'
import { startDiscord } from '../discord/start-discord.ts'
import { type Harbour, openHarbour } from './fake-discord/open-harbour.ts'
import type { Person } from './fake-discord/people.ts'
import { showMessage } from './fake-discord/show-message.ts'
import type { Channel, Message } from './fake-discord/world.ts'
import { type Noted, noteLog } from './note-log.ts'
import { openTestDesk, type TestDesk } from './open-test-desk.ts'
import { until } from './until.ts'

/** The whole bot in a fake Discord: the real client, desk, state, databases and sandbox; only the model is scripted. */
export type DiscordBot = Harbour & {
  desk: TestDesk
  /** What was logged, by desk and adapter. */
  logged: Noted[]
  /** Lets the channel ask these databases. */
  bind(channel: Channel, names: string[]): void
  /** Mentions the bot. */
  mention(text: string, channel?: Channel, who?: Person): Message
  /** What somebody sees of the bot in a channel, in order. */
  own(channel?: Channel, who?: Person): Message[]
  /** Waits for a message of the bot's in which this stands. */
  said(words: string | RegExp, channel?: Channel, who?: Person): Promise<Message>
  /** Ends the connection and the desk at once, and starts both again over the same state. */
  restart(): Promise<void>
  close(): Promise<void>
}

type Given = {
  dumps: Record<string, string>
  generator: ScriptedGenerator
  /** Another one with the same token beside this bot: where that is connected. */
  beside?: Harbour
}

/** Ana owns the databases; nothing is bound to a channel yet. */
export async function openDiscordBot({ dumps, generator, beside }: Given): Promise<DiscordBot> {
  const harbour = beside ?? (await openHarbour())
  const { discord, guild, sales, ana } = harbour
  const { log, logged } = noteLog()
  const desk = await openTestDesk({ dumps, generator, log })
  const { state } = desk.parts
  const key = `discord:${ana.user.id}`
  state.people.ensure({ id: key, workspaceId: `discord:${guild.id}`, name: 'Ana' })
  for (const id of Object.values(desk.ids)) state.databases.update(id, { ownerId: key })
  const connections = () => discord.gateway.count.identified
  const start = async () => {
    const before = connections()
    const settings = { token: discord.token, messageContent: false, locale: 'en-GB', api: discord.api }
    const adapter = await startDiscord({ desk: desk.desk, ...settings, log })
    await until(() => connections() > before && desk.desk.platforms.has('discord'))
    return adapter
  }
  let started = await start()
  const own: DiscordBot['own'] = (channel = sales, who = ana) =>
    discord.seenBy(who, channel).filter(({ authorId }) => authorId === discord.world.application.user.id)
  const matches = (message: Message, words: string | RegExp) =>
    typeof words === 'string' ? showMessage(message).includes(words) : words.test(showMessage(message))
  return {
    ...harbour,
    desk,
    logged,
    own,
    bind(channel, names) {
      const { access } = state
      const where = `discord:${guild.id}:${channel.id}`
      const ids = names.map((name) => desk.ids[name] ?? '')
      for (const id of ids) access.setRules(id, { ...access.rules(id), channels: [where] })
      access.bind(where, ids)
    },
    mention: (text, channel = sales, who = ana) => who.say(channel, `<@${discord.world.application.id}> ${text}`),
    async said(words, channel, who) {
      const look = () => own(channel, who).findLast((message) => matches(message, words))
      try {
        await until(() => look() !== undefined, PATIENCE_MS)
        return look() as Message
      } catch {
        throw new Error(`nobody said ${words}, only:\n${own(channel, who).map(showMessage).join('\n---\n')}`)
      }
    },
    async restart() {
      await started.close()
      await desk.restart()
      started = await start()
    },
    async close() {
      await started.close()
      await desk.close()
      if (!beside) await discord.close()
    },
  }
}

const PATIENCE_MS = 15_000
