import { join } from 'node:path'
import type { Config } from '#core/config.ts'
import { localDate } from '#core/periods/local-date.ts'
import { promptVersion } from '#core/prompt/render-prompt.ts'
import type { DatabaseRegistry } from '#databases/registry/database-registry.ts'
import { openRegistry } from '#databases/registry/registry.ts'
import { offerShop } from '#databases/sample/offer-shop.ts'
import { createSandbox, type Sandbox } from '#databases/sandbox/sandbox.ts'
import { STATE_FILE } from '#databases/state/backup-contents.ts'
import { refuseUnfinishedRestore } from '#databases/state/finish-restore.ts'
import { openState, type State } from '#databases/state/open-state.ts'
import type { Generator } from '#models/generator.ts'
import { forgetPrefixes } from '#models/local/prefix-store.ts'
import { openGenerator } from '#models/open-generator.ts'
import { type Closing, createClosing } from '../closing.ts'

/** State and databases of a data directory, open. */
export type Rooms = {
  config: Config
  state: State
  sandbox: Sandbox
  registry: DatabaseRegistry
  sampleId: string | null
  close(): Promise<void>
}

/** Where everything that must be kept apart lies within the data directory. */
export const places = (home: string) => ({
  state: join(home, STATE_FILE),
  models: join(home, 'models'),
  prefixes: join(home, 'prefixes'),
  sample: join(home, 'sample'),
  uploads: join(home, 'uploads'),
  spider: join(home, 'datasets', 'spider'),
})

/** Opens state and databases. Whoever opens them closes them. */
export async function openRooms(config: Config): Promise<Rooms> {
  const { home } = config
  const closing = createClosing()
  try {
    refuseUnfinishedRestore(home)
    const { keptRows, secretKeys } = config
    const state = openState({ path: places(home).state, keptRows, ...(secretKeys && { secretKeys }) })
    closing.add(() => state.close())
    const sandbox = createSandbox({
      processes: config.sandboxProcesses,
      memoryBytes: config.sandboxMemoryBytes,
      deadlineMs: config.queryDeadlineMs,
      maxRows: config.maxRows,
      maxBytes: config.maxBytes,
    })
    closing.add(() => sandbox.close())
    const settings = { maxFileBytes: config.uploadLimitBytes }
    const registry = openRegistry({
      records: state.databases,
      dataDir: home,
      sandbox,
      settings,
      forgetElsewhere: () => forgetPrefixes(places(home).prefixes),
    })
    closing.add(() => registry.close())
    return { config, state, sandbox, registry, sampleId: await keepShop(registry, config), close: closing.close }
  } catch (error) {
    await closing.close()
    throw error
  }
}

/** Called again and again while the program runs, since the shop ends today. */
export function keepShop(registry: DatabaseRegistry, { home, timeZone }: Config): Promise<string | null> {
  return offerShop(registry, { dir: places(home).sample, today: localDate(new Date(), timeZone) })
}

/** The model that the settings name. What it has read of schemas is kept under `prefixHome`. */
export function openModel(
  config: Config,
  { prefixHome = config.home, signal }: { prefixHome?: string; signal?: AbortSignal } = {},
): Promise<Generator> {
  const { models } = places(config.home)
  return openGenerator({
    ...config,
    promptVersion: promptVersion(),
    modelsDirectory: models,
    prefixDirectory: places(prefixHome).prefixes,
    signal,
  })
}

/**
 * The same while the rooms are opened, since a model is loaded beside the main thread; gives the promise of it. Whatever fails on the way,
 * the model is closed with the rest.
 */
export function openModelMeanwhile(config: Config, closing: Closing): Promise<Generator> {
  const stop = new AbortController()
  const opening = openModel(config, { signal: stop.signal })
  // Whoever waits for the model says what is wrong with it, later.
  const opened = opening.catch(() => null)
  closing.add(async () => {
    stop.abort()
    await (await opened)?.close()
  })
  return opening
}

/** The person at this machine. */
export function localAsker({ locale, timeZone, weekStart }: Config) {
  return { id: 'console', locale, timeZone, weekStart }
}
