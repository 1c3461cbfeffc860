import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAssistant } from '#core/assistant.ts'
import type { Config } from '#core/config.ts'
import { withFiles } from '#databases/registry/with-files.ts'
import type { Measured } from '#eval/measured.ts'
import { type Closing, createClosing } from '../closing.ts'
import { localAsker, openRooms, places, type Rooms } from './open-rooms.ts'

type Parts = Pick<Measured, 'generator' | 'store' | 'print' | 'progress' | 'signal'> & {
  config: Config
  /** Where the databases are that people registered, if these are measured. Whoever opened it closes it. */
  rooms?: Rooms
  /** Whether the sample shop is asked, which takes seconds to make. Default false. */
  withShop?: boolean
}

/**
 * Measurements run in a data directory of their own, which is thrown away: nobody's history and no list of databases fills with them. Only
 * the runs themselves are remembered, in the store that is given.
 */
export async function withMeasured<T>(
  { config, rooms: given, withShop = false, ...parts }: Parts,
  work: (measured: Measured, rooms: Rooms) => Promise<T>,
): Promise<T> {
  const closing = createClosing()
  try {
    const rooms = given ?? (await openRoomsApart(config, { closing, withShop }))
    const databases = withFiles(rooms.registry)
    const measured: Measured = {
      ...parts,
      assistantOver: (generator, settings = {}, clocks = {}) =>
        createAssistant({ databases, generator, settings: { ...config, ...settings }, ...clocks }),
      databases,
      asker: localAsker(config),
      settings: pipelineSettings(config),
      gpu: String(config.gpu),
    }
    return await work(measured, rooms)
  } finally {
    await closing.close()
  }
}

/** The settings that decide what is answered. */
function pipelineSettings(config: Config): Measured['settings'] {
  const { effort, maxAttempts, answerDeadlineMs, queryDeadlineMs, maxRows, contextTokens, threads } = config
  return { effort, maxAttempts, answerDeadlineMs, queryDeadlineMs, maxRows, contextTokens, threads }
}

async function openRoomsApart(
  config: Config,
  { closing, withShop }: { closing: Closing; withShop: boolean },
): Promise<Rooms> {
  const home = mkdtempSync(join(tmpdir(), 'rowbot-eval-'))
  closing.add(() => rmSync(home, { recursive: true, force: true }))
  // Where its folder is there without it, the shop is not made.
  if (!withShop) mkdirSync(places(home).sample)
  const rooms = await openRooms({ ...config, home })
  closing.add(rooms.close)
  return rooms
}
