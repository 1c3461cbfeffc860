import { constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { DatabaseError } from '../database-error.ts'
import { flushFile } from '../flush-file.ts'
import { type BackupContents, checkBackup, damagedBackup, STATE_FILE } from './backup-contents.ts'
import { BEFORE_FILE, finishRestore, READY_FOLDER } from './finish-restore.ts'
import { lockDataDirectory } from './lock-data-directory.ts'
import { openState } from './open-state.ts'
import { stateError } from './state-error.ts'

export type Restored = {
  /** ISO time in UTC at which the backup was made. */
  madeAt: string
  databases: number
  /** Folder that holds what was there before, to be deleted by a person. */
  before: string
}

type Parts = { from: string; dataDir: string; now?: Date }

/**
 * Replaces state, settings and uploaded databases by those of a backup. Takes the data directory's lock, so Rowbot must not be running.
 * Everything is copied and checked beside the old first; then one rename decides. Interrupted before that, nothing has changed;
 * interrupted after it, the next start finishes the restore. What was there before is kept.
 */
export async function restoreBackup({ from, dataDir, now = new Date() }: Parts): Promise<Restored> {
  const lock = lockDataDirectory(dataDir)
  try {
    const restored = await stageRestore({ from: resolve(from), dataDir: resolve(dataDir), now })
    return { ...restored, before: finishRestore(dataDir) ?? '' }
  } finally {
    lock.release()
  }
}

/** Makes everything ready beside what is there, up to the rename that decides. */
export async function stageRestore({ from, dataDir, now }: Required<Parts>): Promise<Omit<Restored, 'before'>> {
  const contents = await checkBackup(from)
  const partial = join(dataDir, 'restore.partial')
  try {
    rmSync(partial, { recursive: true, force: true })
    for (const { path } of contents.files) {
      mkdirSync(dirname(join(partial, path)), { recursive: true, mode: 0o700 })
      copyFileSync(join(from, path), join(partial, path), constants.COPYFILE_FICLONE)
    }
    const databases = adoptState(join(partial, STATE_FILE), { from, contents })
    for (const { path } of contents.files) flushFile(join(partial, path))
    const before = `before-restore-${now.toISOString().replace(/\D/g, '').slice(0, 14)}-${process.pid}`
    writeFileSync(join(partial, BEFORE_FILE), JSON.stringify({ before }), { mode: 0o600, flush: true })
    renameSync(partial, join(dataDir, READY_FOLDER))
    return { madeAt: contents.madeAt, databases }
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    throw stateError(error, dataDir)
  }
}

/** Checks the state and brings it up to date. Gives the number of databases. */
function adoptState(path: string, { from, contents }: { from: string; contents: BackupContents }): number {
  const sqlite = new Database(path)
  try {
    const [first] = sqlite.pragma('quick_check(1)', { simple: false }) as { quick_check: string }[]
    if (first?.quick_check !== 'ok') throw damagedBackup(from, STATE_FILE, 'is not sound')
  } catch (error) {
    throw error instanceof DatabaseError ? error : damagedBackup(from, STATE_FILE, 'is not sound', error)
  } finally {
    sqlite.close()
  }
  // What lay in the data directory that was backed up is from now on looked for in the one that the state is in.
  const state = openState({ path, home: contents.dataDir })
  const records = state.databases.list()
  state.close()
  for (const suffix of ['-wal', '-shm'])
    if (existsSync(path + suffix)) throw damagedBackup(from, STATE_FILE, 'could not be closed cleanly')
  return records.length
}
