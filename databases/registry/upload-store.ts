import { createHash } from 'node:crypto'
import { createReadStream, existsSync, rmSync } from 'node:fs'
import { chmod, open, rename, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { DatabaseError } from '../database-error.ts'
import { fileFailure } from '../file-failure.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { type FileKind, sniffFile } from './sniff-file.ts'
import { type IncomingFile, type StagedFile, type Staging, stageFiles } from './stage-files.ts'

/** A SQLite file made of what somebody sent, checked and ours, but not kept yet. */
export type Prepared = { path: string; warnings: string[]; discard(): Promise<void> }

export type UploadStore = {
  /**
   * Takes files in and makes one checked SQLite file of them. Throws a DatabaseError or the signal's reason, and leaves
   * nothing behind then.
   */
  prepare(files: IncomingFile[], signal?: AbortSignal): Promise<Prepared>
  /**
   * Moves a prepared file to its place under its content hash, where it is never changed again. Until it is released
   * nobody can drop it: another database of the same content, and so of the same file, may go just now.
   */
  keep(prepared: Prepared): Promise<KeptFile>
  release(path: string): void
  /** Deletes a file, unless somebody holds it. */
  drop(path: string): void
}

export type KeptFile = { path: string; contentHash: string }

type Options = { folder: string; staging: string; sandbox: Sandbox; maxBytes: number; loadMs: number }

/** Uploaded databases in a folder; `staging` is where files are checked and converted before. */
export function createUploadStore(options: Options): UploadStore {
  const holders = new Map<string, number>()
  const hold = (path: string, change: 1 | -1) => holders.set(path, (holders.get(path) ?? 0) + change)
  return {
    prepare: (files, signal) => prepare(options, files, signal),
    keep: (prepared) => keep(options.folder, prepared, hold),
    release: (path) => hold(path, -1),
    // At once, so that nothing can come between the question and the deed.
    drop: (path) => {
      if ((holders.get(path) ?? 0) <= 0) rmSync(path, { force: true })
    },
  }
}

async function prepare(options: Options, incoming: IncomingFile[], signal?: AbortSignal): Promise<Prepared> {
  if (incoming.length === 0) throw nothingSent()
  const staging = await stageFiles(incoming, { parent: options.staging, maxBytes: options.maxBytes, signal }).catch(
    (error) => {
      throw fileFailure(error, incoming.map(({ name }) => name).join(', '))
    },
  )
  try {
    const { path, warnings } = await convert(options, staging, signal)
    return { path, warnings, discard: staging.discard }
  } catch (error) {
    await staging.discard()
    throw error
  }
}

async function convert({ sandbox, maxBytes, loadMs }: Options, staging: Staging, signal?: AbortSignal) {
  const main = staging.files.filter(({ name }) => !companion.test(name))
  const files = main.length > 0 ? main : staging.files
  const kinds = await Promise.all(files.map(({ path, name }) => sniffFile(path, name)))
  const kind = oneKind(files, kinds)
  const limits = { deadlineMs: loadMs, signal }
  const name = files.map((file) => file.name).join(', ')
  if (kind === 'sqlite') {
    const [file] = files as [StagedFile]
    await joinCompanions(file, staging.files)
    const { warnings } = await sandbox.job('check-file', { path: file.path, name }, limits)
    return { path: file.path, warnings }
  }
  const out = join(staging.folder, 'made.sqlite')
  const args = { files: files.map((file) => ({ path: file.path, name: file.name })), out, maxBytes: maxBytes * 2 }
  const loaded = await sandbox.job(kind === 'csv' ? 'load-csv' : 'load-dump', args, limits)
  const checked = await sandbox.job('check-file', { path: out, name }, limits)
  return { path: out, warnings: [...loaded.warnings, ...checked.warnings] }
}

const companion = /-(wal|shm|journal)$/

function oneKind(files: StagedFile[], kinds: FileKind[]): FileKind {
  const [kind] = kinds
  const mixed = kinds.some((other) => other !== kind)
  if (kind !== undefined && !mixed && (kind !== 'sqlite' || files.length === 1)) return kind
  throw new DatabaseError({
    code: 'files-do-not-belong-together',
    message: mixed ? 'The files are of different kinds.' : 'Each SQLite file is a database of its own.',
    advice: 'Add them one at a time. Only tables (.csv, .tsv) and dumps (.sql) of one database are added together.',
  })
}

/** Puts a write-ahead log that came along beside its database, where SQLite looks for it. */
async function joinCompanions(main: StagedFile, files: StagedFile[]): Promise<void> {
  for (const file of files.filter(({ name }) => companion.test(name))) {
    const end = companion.exec(file.name)?.[0]
    if (file.name !== `${main.name}${end}`) throw strayCompanion(file.name, main.name)
    // A rollback journal can name any file, which SQLite deletes once it is done (pager_delsuper in pager.c).
    if (end === '-journal') throw interruptedWrite(main.name)
    // The shared-memory file belongs to processes of another machine.
    if (end === '-shm') await rm(file.path)
    else await rename(file.path, `${main.path}${end}`)
  }
}

async function keep(
  folder: string,
  prepared: Prepared,
  hold: (path: string, change: 1 | -1) => void,
): Promise<KeptFile> {
  let path: string | undefined
  try {
    const contentHash = await hashFile(prepared.path)
    path = join(folder, `${contentHash}.sqlite`)
    hold(path, 1)
    await moveTo(path, prepared.path)
    return { path, contentHash }
  } catch (error) {
    if (path !== undefined) hold(path, -1)
    throw fileFailure(error, 'the database')
  } finally {
    await prepared.discard()
  }
}

async function moveTo(path: string, from: string): Promise<void> {
  if (existsSync(path)) return
  await chmod(from, 0o400)
  await flush(from)
  await rename(from, path)
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(piece)
  return hash.digest('hex')
}

// What the state says is kept must survive a power cut.
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A name for a database made from the name of its file. */
export function nameFromFile(file: string): string {
  return file.slice(0, file.length - extname(file).length) || file
}

function nothingSent(): DatabaseError {
  return new DatabaseError({ code: 'no-files', message: 'No file was sent.', advice: 'Choose at least one file.' })
}

function interruptedWrite(name: string): DatabaseError {
  return new DatabaseError({
    code: 'interrupted-write',
    message: `${name} was copied in the middle of a write: a rollback journal belongs to it.`,
    advice: 'Open it once with the program it belongs to, close that, and add the database file alone.',
  })
}

function strayCompanion(name: string, main: string): DatabaseError {
  return new DatabaseError({
    code: 'files-do-not-belong-together',
    message: `${name} does not belong to ${main}.`,
    advice: `Add ${main} alone, or together with the companion that bears its name.`,
  })
}
