import { randomUUID } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { basename, resolve, sep } from 'node:path'
import { DatabaseError } from '../database-error.ts'
import { fileFailure } from '../file-failure.ts'
import type { Schema } from '../schema/schema.ts'
import type { DatabaseRecord } from '../state/database-record.ts'
import type { DatabaseStore } from '../state/database-store.ts'
import { type Added, type DatabaseMeta, type DatabaseRegistry, defaultWorkspace } from './database-registry.ts'
import type { OpenedDatabases } from './opened-databases.ts'
import { findSensitiveNames } from './sensitive-names.ts'
import { nameFromFile, type Prepared, type UploadStore } from './upload-store.ts'

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
      const name = meta.name ?? nameFromFile(basename(files[0]?.name ?? ''))
      refuseTaken(records, name, meta.workspaceId)
      const prepared = await store.prepare(files, signal)
      const { path, contentHash } = await keepUnless(store, prepared, signal)
      const record = newRecord(meta, { name, path, contentHash, source: 'upload' })
      return register(parts, record, meta, prepared.warnings)
    },
    addPath: async (path, meta = {}, { within } = {}) => {
      const name = meta.name ?? nameFromFile(basename(path))
      refuseTaken(records, name, meta.workspaceId)
      const real = await realPath(path, within)
      const record = newRecord(meta, { name, path: real, contentHash: null, source: 'path' })
      return register(parts, record, meta, [])
    },
    replace: async (id, files, signal) => {
      const before = known(id)
      if (before.source === 'path') throw readInPlace(before.name)
      const oldSchema = await opened.look({ ...before, sensitive: [] }).catch(() => undefined)
      const prepared = await store.prepare(files, signal)
      const kept = await keepUnless(store, prepared, signal)
      return swap(parts, before, kept, { oldSchema, warnings: prepared.warnings })
    },
    remove: async (id) => {
      const record = records.list().find((one) => one.id === id)
      if (!record || !records.remove(record.id)) return false
      await opened.forget(record.id)
      await dropUnused(parts, record)
      return true
    },
  }
}

async function register(parts: Parts, record: DatabaseRecord, meta: DatabaseMeta, warnings: string[]): Promise<Added> {
  const { records, opened } = parts
  try {
    const schema = await opened.look({ ...record, sensitive: [] })
    const { secret, personal } = findSensitiveNames(schema)
    const complete = { ...record, sensitive: meta.sensitive ?? secret }
    records.insert(complete)
    const kept = meta.sensitive === undefined && secret.length > 0 ? [aboutSecrets(complete)] : []
    return { record: complete, warnings: [...warnings, ...schema.warnings, ...kept], personal }
  } catch (error) {
    await dropUnused(parts, record)
    throw error
  }
}

type Kept = { path: string; contentHash: string }

async function swap(
  parts: Parts,
  before: DatabaseRecord,
  kept: Kept,
  { oldSchema, warnings }: { oldSchema: Schema | undefined; warnings: string[] },
): Promise<Added> {
  const { records, opened, known } = parts
  const after = { ...before, ...kept, dataAsOf: new Date().toISOString() }
  try {
    const schema = await opened.look({ ...after, sensitive: [] })
    const { secret, personal } = findSensitiveNames(schema)
    // A column that was there already was left open on purpose.
    const isNew = ({ table, column }: { table: string; column: string }) =>
      !oldSchema?.tables.find(({ name }) => name === table)?.columns.some(({ name }) => name === column)
    const listed = ({ table, column }: { table: string; column: string }) =>
      before.sensitive.some((one) => one.table === table && one.column === column)
    const added = oldSchema === undefined ? [] : secret.filter((column) => isNew(column) && !listed(column))
    const sensitive = [...before.sensitive, ...added]
    records.update(before.id, { ...kept, dataAsOf: after.dataAsOf, sensitive })
    await opened.forget(before.id)
    await dropUnused(parts, before)
    return { record: known(before.id), warnings: [...warnings, ...schema.warnings], personal }
  } catch (error) {
    await dropUnused(parts, after)
    throw error
  }
}

async function keepUnless(store: UploadStore, prepared: Prepared, signal?: AbortSignal): Promise<Kept> {
  if (!signal?.aborted) return store.keep(prepared)
  await prepared.discard()
  throw signal.reason
}

/** Two databases may have the same content, and then share a file. */
async function dropUnused({ records, store }: Parts, { source, path }: DatabaseRecord): Promise<void> {
  const isUsed = records.list().some((record) => record.path === path)
  if (source === 'upload' && !isUsed) await store.drop(path)
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

/** The file itself, all links followed, so that a link cannot lead out of the allowed folders later. */
async function realPath(path: string, within: string[] | undefined): Promise<string> {
  try {
    const real = await realpath(resolve(path))
    if (within === undefined) return real
    const folders = await Promise.all(within.map((folder) => realpath(resolve(folder)).catch(() => undefined)))
    if (folders.some((folder) => folder !== undefined && real.startsWith(folder.endsWith(sep) ? folder : folder + sep)))
      return real
  } catch (error) {
    throw fileFailure(error, path)
  }
  throw new DatabaseError({
    code: 'path-not-allowed',
    message: `${path} lies outside the folders from which databases may be read in place.`,
    advice: 'Upload the file, or ask whoever runs Rowbot to allow its folder.',
  })
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
