import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseError } from '../database-error.ts'
import type { SensitiveColumn } from '../sandbox/executor.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import type { DatabaseStore } from '../state/database-store.ts'
import { addDatabases } from './add-databases.ts'
import { type DatabaseRegistry, defaultWorkspace } from './database-registry.ts'
import { holdsColumn } from './hidden-in-new-data.ts'
import { openFiles } from './open-files.ts'
import { createOpenedDatabases } from './opened-databases.ts'
import { ownFolder } from './own-folder.ts'
import { createUploadStore } from './upload-store.ts'

export type RegistrySettings = {
  /** Largest upload, all its files together. */
  maxFileBytes?: number
  /** Databases kept open. */
  maxOpen?: number
  /** How long looking at a database may take. */
  introspectMs?: number
  /** How long the first opening of a database waits for its value index, which goes on being built. */
  indexWaitMs?: number
  /** How long checking or loading an upload may take. */
  loadMs?: number
  /** What a value index may cost. */
  indexBudget?: { maxValues: number; maxValuesPerColumn: number; maxRows: number; ms: number }
}

const defaultSettings = {
  maxFileBytes: 2 * 1024 ** 3,
  maxOpen: 64,
  introspectMs: 20_000,
  indexWaitMs: 1_000,
  loadMs: 600_000,
  indexBudget: { maxValues: 200_000, maxValuesPerColumn: 100_000, maxRows: 5_000_000, ms: 15_000 },
}

type Parts = {
  records: DatabaseStore
  dataDir: string
  sandbox: Sandbox
  settings?: RegistrySettings
  /** Called when a database goes, gets new data, or has other columns kept back: to forget what others know of it. */
  forgetElsewhere?: () => Promise<void>
}

/**
 * Opens the registry over a data directory; a command may do so beside a running server. Whoever opens it closes it,
 * before the sandbox.
 */
export function openRegistry({ records, dataDir, sandbox, settings = {}, forgetElsewhere }: Parts): DatabaseRegistry {
  const limits = { ...defaultSettings, ...settings }
  const folder = join(dataDir, 'databases')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const staging = ownFolder(join(folder, 'staging'))
  const store = createUploadStore({ folder, staging, sandbox, maxBytes: limits.maxFileBytes, loadMs: limits.loadMs })
  const opened = createOpenedDatabases({
    ...limits,
    sandbox,
    folder: join(dataDir, 'values'),
    outlineFolder: join(dataDir, 'outlines'),
    forgetElsewhere,
  })
  const files = openFiles({ store, opened, folder: ownFolder(join(folder, 'opened')) })
  const find: DatabaseRegistry['find'] = (idOrName, workspaceId = defaultWorkspace) =>
    records.find(idOrName, workspaceId) ?? records.list().find(({ id }) => id === idOrName)
  const known = (id: string) => find(id) ?? refuseUnknown(id)
  const setSensitive: DatabaseRegistry['setSensitive'] = async (id, columns) => {
    const record = known(id)
    if (columns.length > 0) refuseUnknownColumns(columns, await opened.listColumns(record.path))
    // Replaced meanwhile, it may have other columns, and more of them kept back.
    if (known(id).path !== record.path) return setSensitive(id, columns)
    records.update(record.id, { sensitive: columns })
    // The index and the schema hold values of columns that are sensitive from now on.
    await opened.forget(record.id)
    return known(id)
  }
  return {
    ...addDatabases({ records, store, opened, known }),
    find,
    list: (workspaceId) => records.list(workspaceId),
    refresh: async (id) => opened.open(known(id), { fresh: true }),
    update: (id, changes) => {
      records.update(known(id).id, changes)
      return known(id)
    },
    setSensitive,
    survey: async (idOrName) => opened.survey(known(idOrName)),
    open: async (idOrName) => opened.open(known(idOrName)),
    openFile: (path, options) => files.open(path, options?.sensitive ?? []),
    close: async () => {
      await opened.close()
      await files.close()
    },
  }
}

function refuseUnknownColumns(columns: SensitiveColumn[], there: SensitiveColumn[]): void {
  const missing = columns.find((column) => !holdsColumn(there, column))
  if (!missing) return
  throw new DatabaseError({
    code: 'no-such-column',
    message: `There is no column ${missing.table}.${missing.column}.`,
    advice: 'Name the columns as TABLE.COLUMN, as `rowbot databases show` lists them.',
  })
}

function refuseUnknown(id: string): never {
  throw new DatabaseError({
    code: 'no-such-database',
    message: `There is no database "${id}".`,
    advice: '`rowbot databases list` shows those that there are.',
  })
}
