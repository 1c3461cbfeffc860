import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { chmod } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { DatabaseError } from '../database-error.ts'
import { fileFailure } from '../file-failure.ts'
import { flushFile } from '../flush-file.ts'
import { type BackupContents, CONTENTS_FILE, fingerprint, SETTINGS_FILE, STATE_FILE } from './backup-contents.ts'
import type { DatabaseRecord } from './database-record.ts'
import { openState, type State } from './open-state.ts'

export type Backup = {
  /** The folder. */
  path: string
  files: number
  bytes: number
  /** What is not in it and why, in words: databases that are read in place, uploads whose file is gone. */
  warnings: string[]
}

/**
 * Writes a backup: a folder that does not exist yet, with the state, the settings and all uploaded databases, each with its SHA-256.
 * Rowbot may be at work meanwhile. The folder appears only once it is whole. Models are not in it; they can be fetched again.
 */
export async function writeBackup(parts: Parts & { to: string }): Promise<Backup> {
  const to = resolve(parts.to)
  if (existsSync(to)) throw alreadyThere(to)
  const partial = `${to}.${process.pid}.partial`
  try {
    mkdirSync(partial, { recursive: true, mode: 0o700 })
    const { contents, warnings } = await fill(partial, { ...parts, dataDir: resolve(parts.dataDir) })
    writeFileSync(join(partial, CONTENTS_FILE), `${JSON.stringify(contents, null, 2)}\n`, { mode: 0o600, flush: true })
    renameSync(partial, to)
    return {
      path: to,
      files: contents.files.length,
      bytes: contents.files.reduce((sum, { bytes }) => sum + bytes, 0),
      warnings,
    }
  } catch (error) {
    throw error instanceof Error && 'code' in error ? fileFailure(error, to) : error
  } finally {
    if (existsSync(partial)) rmSync(partial, { recursive: true })
  }
}

type Parts = {
  state: State
  dataDir: string
  /** Folder of databases that Rowbot makes anew by itself: nobody misses them. */
  remade?: string
  now?: Date
}

async function fill(
  folder: string,
  { state, dataDir, remade, now = new Date() }: Parts,
): Promise<{ contents: BackupContents; warnings: string[] }> {
  const copy = join(folder, STATE_FILE)
  await state.backup(copy)
  const { files, warnings } = uploadsOf(copy, dataDir, remade)
  if (existsSync(join(dataDir, SETTINGS_FILE))) files.set(SETTINGS_FILE, SETTINGS_FILE)
  const copied = [STATE_FILE]
  for (const [path, name] of files) {
    if (await copyPrivately(join(dataDir, path), join(folder, path))) copied.push(path)
    else warnings.push(`"${name}" is not in the backup: it was removed meanwhile.`)
  }
  const listed: BackupContents['files'] = []
  for (const path of copied) listed.push({ path, ...(await fingerprint(join(folder, path))) })
  return { contents: { format: 1, madeAt: now.toISOString(), dataDir, files: listed }, warnings }
}

/** The names of databases by their files. Asked of the copy, not of the state, which may change while files are copied. */
function uploadsOf(
  stateCopy: string,
  dataDir: string,
  remade?: string,
): { files: Map<string, string>; warnings: string[] } {
  const state = openState({ path: stateCopy, home: dataDir })
  const records = state.databases.list()
  state.close()
  const files = new Map<string, string>()
  const warnings: string[] = []
  for (const record of records) {
    if (remade && realPath(dirname(record.path)) === realPath(remade)) continue
    const path = relative(dataDir, record.path)
    const reason = whyLeftOut(record, path)
    if (reason) warnings.push(`"${record.name}" is not in the backup: ${reason}.`)
    else files.set(path.split(sep).join('/'), record.name)
  }
  return { files, warnings }
}

function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path
}

function whyLeftOut(record: DatabaseRecord, path: string): string | undefined {
  if (record.source === 'path') return `it is read in place from ${record.path}`
  if (path.startsWith('..')) return `its file ${record.path} is outside of the data directory`
  return existsSync(record.path) ? undefined : `its file ${record.path} is gone`
}

/** False where there is nothing to copy any more. */
async function copyPrivately(from: string, to: string): Promise<boolean> {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE)
  } catch (error) {
    if (!existsSync(from)) return false
    const failure = fileFailure(error, from)
    throw failure.code === 'disk-full' ? error : failure
  }
  await chmod(to, 0o600)
  flushFile(to)
  return true
}

function alreadyThere(to: string): DatabaseError {
  return new DatabaseError({
    code: 'backup-exists',
    message: `${to} exists already.`,
    advice: 'Give the backup a name of its own, or move the earlier one away first.',
  })
}
