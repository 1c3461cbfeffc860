import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { DatabaseError } from '../database-error.ts'
import { finishRestore } from './finish-restore.ts'
import { stateError } from './state-error.ts'

export type DataDirectoryLock = { release(): void }

/**
 * Takes the data directory for this process: the server while it runs, and a restore. Throws a DatabaseError (`data-directory-in-use`)
 * that names the process which has it. Commands that only read or change the state (`ask`, `databases list`, `backup`, `forget`) need no
 * lock: SQLite lets several processes share the state.
 *
 * The lock is an open transaction on a file `lock`, so the operating system holds it: it ends with the process, however that ends, and can
 * neither be left behind by `kill -9` nor be mistaken for another process that got the same id. `lock.json` only says who has it.
 *
 * A restore that was interrupted is finished as soon as the lock is held: take it before the state is opened.
 */
export function lockDataDirectory(dir: string): DataDirectoryLock {
  const path = join(dir, 'lock')
  const holderFile = join(dir, 'lock.json')
  let sqlite: Database.Database | undefined
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    sqlite = new Database(path, { timeout: 0 })
    sqlite.exec('BEGIN EXCLUSIVE')
    const holder: Holder = { pid: process.pid, since: new Date().toISOString() }
    writeFileSync(holderFile, JSON.stringify(holder), { mode: 0o600 })
    finishRestore(dir)
  } catch (error) {
    sqlite?.close()
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))
      throw inUse(dir, readHolder(holderFile))
    throw stateError(error, path)
  }
  const held = sqlite
  return {
    release: () => {
      if (!held.open) return
      rmSync(holderFile, { force: true })
      held.close()
    },
  }
}

type Holder = { pid: number; since: string }

function readHolder(file: string): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof holder !== 'object' || holder === null || !('pid' in holder) || !('since' in holder)) return undefined
    return typeof holder.pid === 'number' && typeof holder.since === 'string'
      ? { pid: holder.pid, since: holder.since }
      : undefined
  } catch {
    return undefined
  }
}

function inUse(dir: string, holder: Holder | undefined): DatabaseError {
  const who = holder ? `process ${holder.pid}, since ${holder.since}` : 'another process'
  return new DatabaseError({
    code: 'data-directory-in-use',
    message: `Rowbot is already running on the data directory ${dir} (${who}).`,
    advice: `Use that one, stop it first${holder ? ` (kill ${holder.pid})` : ''}, or set ROWBOT_HOME to another folder for a second Rowbot.`,
  })
}
