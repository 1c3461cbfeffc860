import { pino } from 'pino'
import { startDiscord } from '../discord/start-discord.ts'
import type { FakeDiscord } from './fake-discord/fake-discord.ts'
import { type Harbour, openHarbour } from './fake-discord/open-harbour.ts'
import { type DeskScript, type ScriptedDesk, scriptDesk } from './scripted-desk.ts'
import { until } from './until.ts'

export type OpenDiscord = Harbour & {
  desk: ScriptedDesk
  /** What was logged, a JSON line each. */
  logged: string[]
  /** Hears nothing new from now on. */
  stopListening(): Promise<void>
  close(): Promise<void>
}

/** The Discord adapter with the real client over the fake Discord, and a scripted desk behind it. */
export async function openDiscord(
  options: { script?: DeskScript; messageContent?: boolean; before?: (discord: FakeDiscord) => void } = {},
): Promise<OpenDiscord> {
  const { messageContent = false } = options
  const harbour = await openHarbour({ messageContent })
  const { discord } = harbour
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
    ...harbour,
    desk,
    logged,
    stopListening: started.stopListening,
    async close() {
      await started.close()
      await discord.close()
    },
  }
}
