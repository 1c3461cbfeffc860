import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { SensitiveColumn } from '../sandbox/executor.ts'
import { versionOf } from '../sandbox/readable-file.ts'
import type { DatabaseRecord } from '../state/database-record.ts'
import { defaultWorkspace } from './database-registry.ts'
import type { OpenDatabase } from './open-database.ts'
import type { OpenedDatabases } from './opened-databases.ts'
import { sniffFile } from './sniff-file.ts'
import { nameFromFile, type UploadStore } from './upload-store.ts'

/** Files that are asked without being registered. */
export type OpenFiles = {
  open(path: string, sensitive: SensitiveColumn[]): Promise<OpenDatabase>
  /** Deletes the copies made of tables and dumps. */
  close(): Promise<void>
}

export function openFiles({
  store,
  opened,
  folder,
}: {
  store: UploadStore
  opened: OpenedDatabases
  folder: string
}): OpenFiles {
  const made = new Map<string, { version: string; making: Promise<string> }>()
  const sqliteOf = async (path: string) => {
    if ((await sniffFile(path, path)) === 'sqlite') return path
    const version = versionOf(path)
    const before = made.get(path)
    if (before?.version === version) return before.making
    const making = makeSqlite(store, folder, path)
    made.set(path, { version, making })
    making.catch(() => made.delete(path))
    // Made of what the file held before it changed.
    before?.making.then((old) => rm(old, { force: true })).catch(() => undefined)
    return making
  }
  return {
    open: async (path, sensitive) => {
      const absolute = resolve(path)
      const sqlite = await sqliteOf(absolute)
      return opened.open(recordOf(absolute, sqlite, sensitive))
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

async function makeSqlite(store: UploadStore, folder: string, path: string): Promise<string> {
  const prepared = await store.prepare([{ name: basename(path), path }])
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const target = join(folder, `${randomUUID()}.sqlite`)
    await rename(prepared.path, target)
    // The data are as old as the file they came from.
    const { mtime } = await stat(path)
    await utimes(target, mtime, mtime)
    return target
  } finally {
    await prepared.discard()
  }
}

function recordOf(path: string, sqlite: string, sensitive: SensitiveColumn[]): DatabaseRecord {
  const now = new Date().toISOString()
  // What is kept back makes it another database: nothing known of the one may be taken for the other.
  const hidden = sensitive.length > 0 ? JSON.stringify(sensitive) : ''
  return {
    id: `file:${createHash('sha256')
      .update(path + hidden)
      .digest('hex')
      .slice(0, 16)}`,
    workspaceId: defaultWorkspace,
    name: nameFromFile(basename(path)),
    description: '',
    source: 'path',
    path: sqlite,
    contentHash: null,
    ownerId: null,
    sensitive,
    addedAt: now,
    dataAsOf: now,
  }
}
