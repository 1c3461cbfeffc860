import { randomUUID } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { DatabaseError } from '../database-error.ts'
import { fileFailure } from '../file-failure.ts'
import type { SensitiveColumn } from '../sandbox/executor.ts'
import type { DatabaseRecord } from '../state/database-record.ts'
import type { DatabaseStore } from '../state/database-store.ts'
import { type Added, type DatabaseMeta, type DatabaseRegistry, defaultWorkspace } from './database-registry.ts'
import { hiddenInNewData, holdsColumn } from './hidden-in-new-data.ts'
import type { OpenedDatabases } from './opened-databases.ts'
import { findSensitiveNames } from './sensitive-names.ts'
import { type KeptFile, nameFromFile, type Prepared, type UploadStore } from './upload-store.ts'

type Parts = {
  records: DatabaseStore
  store: UploadStore
  opened: OpenedDatabases
  known: (id: string) => DatabaseRecord
}

type Adding = Pick<DatabaseRegistry, 'addUpload' | 'addPath' | 'replace' | 'remove'>

/** The ways in which databases come, get new data and go. */
export function addDatabases(parts: Parts): Adding {
  const { records, store, opened, known } = parts
  return {
    addUpload: async (files, meta = {}, signal) => {
      const name = chooseName(records, meta, files[0]?.name ?? 'upload')
      const prepared = await store.prepare(files, signal)
      return keepWhile(parts, prepared, signal, (kept) =>
        register(parts, newRecord(meta, { name, ...kept, source: 'upload' }), meta, prepared.warnings),
      )
    },
    addPath: async (path, meta = {}) => {
      const name = chooseName(records, meta, path)
      const real = await realPath(path)
      const record = newRecord(meta, { name, path: real, contentHash: null, source: 'path' })
      return register(parts, record, meta, [])
    },
    replace: async (id, files, signal) => {
      const before = known(id)
      if (before.source === 'path') throw readInPlace(before.name)
      // Of a file that is gone only what was kept back is known.
      const oldColumns = await opened.listColumns(before.path).catch(() => before.sensitive)
      const prepared = await store.prepare(files, signal)
      return keepWhile(parts, prepared, signal, (kept) =>
        swap(parts, before, kept, { oldColumns, warnings: prepared.warnings }),
      )
    },
    remove: async (id) => {
      const record = records.list().find((one) => one.id === id)
      if (!record || !records.remove(record.id)) return false
      await opened.forget(record.id)
      if (record.source === 'upload') dropUnused(parts, record.path)
      return true
    },
  }
}

async function register(parts: Parts, record: DatabaseRecord, meta: DatabaseMeta, warnings: string[]): Promise<Added> {
  const { records, opened } = parts
  try {
    const { secret, personal } = findSensitiveNames(await opened.listColumns(record.path))
    const complete = { ...record, sensitive: meta.sensitive ?? secret }
    // Opened before it is listed: what cannot be read must not be asked.
    const { schema } = await opened.open(complete)
    records.insert(complete)
    const kept = meta.sensitive === undefined && secret.length > 0 ? [aboutSecrets(complete)] : []
    return { record: complete, warnings: [...warnings, ...schema.warnings, ...kept], personal }
  } catch (error) {
    await opened.discard(record.id)
    throw error
  }
}

async function swap(
  parts: Parts,
  before: DatabaseRecord,
  kept: KeptFile,
  { oldColumns, warnings }: { oldColumns: SensitiveColumn[]; warnings: string[] },
): Promise<Added> {
  const { records, opened, known } = parts
  const after = { ...before, ...kept, dataAsOf: new Date().toISOString() }
  const columns = await opened.listColumns(after.path)
  const { secret, personal } = findSensitiveNames(columns)
  // A column that was there already was left open on purpose.
  const added = secret.filter((column) => !holdsColumn(oldColumns, column))
  const keepBack = (hidden: SensitiveColumn[]) => {
    const { sensitive, warnings } = hiddenInNewData(hidden, columns, oldColumns)
    return { sensitive: [...sensitive, ...added.filter((column) => !holdsColumn(sensitive, column))], warnings }
  }
  const schema = await opened.look({ ...after, ...keepBack(before.sensitive) })
  // Somebody else may have replaced it meanwhile, or hidden a column.
  const { path: oldPath, sensitive: hidden } = known(before.id)
  const { sensitive, warnings: aboutHidden } = keepBack(hidden)
  records.update(before.id, { ...kept, dataAsOf: after.dataAsOf, sensitive })
  await opened.forget(before.id)
  dropUnused(parts, oldPath)
  return { record: known(before.id), warnings: [...warnings, ...schema.warnings, ...aboutHidden], personal }
}

/** Keeps a prepared file for a database that is being made of it; where that fails the file goes again. */
async function keepWhile<T>(
  parts: Parts,
  prepared: Prepared,
  signal: AbortSignal | undefined,
  use: (kept: KeptFile) => Promise<T>,
): Promise<T> {
  if (signal?.aborted) {
    await prepared.discard()
    throw signal.reason
  }
  const kept = await parts.store.keep(prepared)
  try {
    return await use(kept)
  } finally {
    parts.store.release(kept.path)
    dropUnused(parts, kept.path)
  }
}

/** Two databases may have the same content, and then share a file. */
function dropUnused({ records, store }: Parts, path: string): void {
  if (records.list().every((record) => record.path !== path)) store.drop(path)
}

function newRecord(
  meta: DatabaseMeta,
  facts: Pick<DatabaseRecord, 'name' | 'path' | 'contentHash' | 'source'>,
): DatabaseRecord {
  const now = new Date().toISOString()
  return {
    id: randomUUID(),
    workspaceId: meta.workspaceId ?? defaultWorkspace,
    description: meta.description ?? '',
    ownerId: meta.ownerId ?? null,
    sensitive: meta.sensitive ?? [],
    addedAt: now,
    dataAsOf: now,
    ...facts,
  }
}

/** The file itself, all links followed: later it is the same one. */
async function realPath(path: string): Promise<string> {
  return realpath(resolve(path)).catch((error) => {
    throw fileFailure(error, path)
  })
}

const maxNameChars = 80

/** The name that was given, or one made from the file's, on one line. */
function chooseName(records: DatabaseStore, { name, workspaceId }: DatabaseMeta, file: string): string {
  const plain = (name ?? nameFromFile(basename(file))).replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  if (plain === '' || plain.length > maxNameChars) {
    const message =
      plain === '' ? 'The database has no name.' : `The name of the database is longer than ${maxNameChars} characters.`
    throw new DatabaseError({
      code: 'bad-name',
      message,
      advice: 'Give it a short name by which people can ask for it.',
    })
  }
  refuseTaken(records, plain, workspaceId)
  return plain
}

function refuseTaken(records: DatabaseStore, name: string, workspaceId = defaultWorkspace): void {
  const taken = records.list(workspaceId).some((record) => record.name.toLowerCase() === name.toLowerCase())
  if (!taken) return
  throw new DatabaseError({
    code: 'name-taken',
    message: `There is already a database called "${name}".`,
    advice: 'Choose another name, or give that database new data with `rowbot databases replace`.',
  })
}

function aboutSecrets({ sensitive }: DatabaseRecord): string {
  const names = sensitive.map(({ table, column }) => `${table}.${column}`).join(', ')
  return `These columns look like secrets and are kept back: ${names}.`
}

function readInPlace(name: string): DatabaseError {
  return new DatabaseError({
    code: 'read-in-place',
    message: `"${name}" is read where it is, so its data are always the present ones.`,
    advice: 'Change the file itself, or remove the database and upload a copy.',
  })
}
