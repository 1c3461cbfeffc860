import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '#core/config.ts'
import type { OpenDatabase } from '#databases/registry/open-database.ts'
import { withFiles } from '#databases/registry/with-files.ts'
import type { Sandbox } from '#databases/sandbox/sandbox.ts'
import type { Closing } from '../closing.ts'
import { openRooms, places } from './open-rooms.ts'

/** Databases of a data set, opened where nothing is remembered of them. */
export type DatasetRooms = { open(file: string): Promise<OpenDatabase>; sandbox: Sandbox }

/** Opens a data directory that is gone once `closing` has closed it. */
export async function openDatasetRooms(given: Config, closing: Closing, signal: AbortSignal): Promise<DatasetRooms> {
  const config = { ...given, home: mkdtempSync(join(tmpdir(), 'rowbot-data-')) }
  closing.add(() => rmSync(config.home, { recursive: true, force: true }))
  // Where its folder is there already, no sample shop is made.
  mkdirSync(places(config.home).sample)
  const rooms = await openRooms(config)
  closing.add(rooms.close)
  const databases = withFiles(rooms.registry)
  return {
    sandbox: rooms.sandbox,
    async open(file) {
      signal.throwIfAborted()
      return databases.open(await databases.borrow(file))
    },
  }
}
