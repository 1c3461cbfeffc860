import { pino } from 'pino'
import { startDiscord } from '../discord/start-discord.ts'
import { type FakeDiscord, startFakeDiscord } from './fake-discord/fake-discord.ts'
import type { Person } from './fake-discord/people.ts'
import type { Channel, Guild } from './fake-discord/world.ts'
import { type DeskScript, type ScriptedDesk, scriptDesk } from './scripted-desk.ts'
import { until } from './until.ts'

export type OpenDiscord = {
  discord: FakeDiscord
  desk: ScriptedDesk
  guild: Guild
  sales: Channel
  ana: Person
  /** What was logged, a JSON line each. */
  logged: string[]
  close(): Promise<void>
}

/** The Discord adapter with the real client over the fake Discord, and a scripted desk behind it. */
export async function openDiscord(
  options: { script?: DeskScript; messageContent?: boolean; before?: (discord: FakeDiscord) => void } = {},
): Promise<OpenDiscord> {
  const { messageContent = false } = options
  const discord = await startFakeDiscord({ messageContent })
  const guild = discord.addGuild('Harbour')
  const sales = discord.addChannel(guild, 'sales')
  const ana = discord.addPerson('Ana', { guild })
  options.before?.(discord)
  const desk = scriptDesk(options.script)
  const logged: string[] = []
  const log = pino({ level: 'debug' }, { write: (line) => void logged.push(line) })
  const started = await startDiscord({
    desk,
    token: discord.token,
    messageContent,
    locale: 'en-GB',
    log,
    api: discord.api,
  }).catch(async (error) => {
    await discord.close()
    throw error
  })
  await until(() => discord.world.commands.length > 0)
  return {
    discord,
    desk,
    guild,
    sales,
    ana,
    logged,
    async close() {
      await started.close()
      await discord.close()
    },
  }
}
