import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseError } from '../database-error.ts'
import { STATE_FILE } from './backup-contents.ts'

/** Everything that a restore puts in place, whole and checked. That it exists means: the restore is decided. */
export const READY_FOLDER = 'restore.ready'
/** In that folder: the name of the folder for what was there before. */
export const BEFORE_FILE = 'restore.json'

/**
 * Puts in place what a restore made ready; nothing where there is none. Each step can be repeated, so a restore that was interrupted is
 * finished by calling this again. What was there before is kept in a folder of its own, whose path is given back.
 */
export function finishRestore(dataDir: string): string | undefined {
  const ready = join(dataDir, READY_FOLDER)
  if (!existsSync(ready)) return undefined
  // It is removed last: without it only the empty folder is left of a restore that was finished.
  if (!existsSync(join(ready, BEFORE_FILE))) {
    rmSync(ready, { recursive: true })
    return undefined
  }
  const { before: name }: { before: string } = JSON.parse(readFileSync(join(ready, BEFORE_FILE), 'utf8'))
  const before = join(dataDir, name)
  mkdirSync(before, { recursive: true, mode: 0o700 })
  for (const entry of readdirSync(ready)) {
    if (entry === BEFORE_FILE) continue
    // The state's log must never meet another state than its own.
    const replaced = entry === STATE_FILE ? [`${entry}-wal`, `${entry}-shm`, entry] : [entry]
    for (const one of replaced) if (existsSync(join(dataDir, one))) renameSync(join(dataDir, one), join(before, one))
    renameSync(join(ready, entry), join(dataDir, entry))
  }
  rmSync(ready, { recursive: true })
  return before
}

/** Throws a DatabaseError (`restore-unfinished`) where a restore was interrupted and not finished yet. */
export function refuseUnfinishedRestore(dataDir: string): void {
  if (!existsSync(join(dataDir, READY_FOLDER))) return
  throw new DatabaseError({
    code: 'restore-unfinished',
    message: `A restore of ${dataDir} was interrupted.`,
    advice: 'Start Rowbot (`rowbot start`): it finishes the restore first. Nothing is lost.',
  })
}
