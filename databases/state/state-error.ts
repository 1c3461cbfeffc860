import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseError } from '../database-error.ts'

/** Runs work on the state database; what SQLite throws becomes a DatabaseError that says what to do. */
export type Guard = <T>(work: () => T) => T

/** A guard for the state database at `path`. */
export function guardState(path: string): Guard {
  return (work) => {
    try {
      return work()
    } catch (error) {
      throw stateError(error, path)
    }
  }
}

/** The error as a DatabaseError where it comes from SQLite or the file system; else the error itself. */
export function stateError(error: unknown, path: string): unknown {
  if (error instanceof DatabaseError) return error
  const failed = systemCode(error)
  // Where there is no room for SQLite's smaller files it only says that writing failed.
  const code = failed?.startsWith('SQLITE_IOERR') && isFull(path) ? 'SQLITE_FULL' : failed
  const known = KNOWN.find(({ codes }) => codes.some((one) => code === one || code?.startsWith(`${one}_`)))
  if (!known) return error
  return new DatabaseError({ code: known.code, message: known.message(path), advice: known.advice, cause: error })
}

const ROOM_TO_WORK_BYTES = 64 * 1024

function isFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path))
    return bavail * bsize < ROOM_TO_WORK_BYTES
  } catch {
    return false
  }
}

function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return systemCode(error.cause)
}

const KNOWN = [
  {
    codes: ['SQLITE_FULL', 'ENOSPC', 'EDQUOT', 'EFBIG'],
    code: 'state-disk-full',
    message: (path: string) => `The disk is full, so nothing more can be saved in ${path}.`,
    advice: 'Free some space on that disk and try again. What was saved before is unharmed.',
  },
  {
    codes: ['SQLITE_READONLY', 'EROFS'],
    code: 'state-read-only',
    message: (path: string) => `Rowbot's state ${path} cannot be written: the file or its folder is read-only.`,
    advice:
      'Make the file and its folder writable for the user that runs Rowbot, or set ROWBOT_HOME to another folder.',
  },
  {
    codes: ['SQLITE_CANTOPEN', 'SQLITE_PERM', 'EACCES', 'EPERM', 'ENOTDIR', 'EISDIR', 'EEXIST'],
    code: 'state-not-accessible',
    message: (path: string) => `Rowbot's state ${path} cannot be opened.`,
    advice:
      'Check that the folder exists, that the path is not a folder itself, and that the user that runs Rowbot may read and write there; or set ROWBOT_HOME to another folder.',
  },
  {
    codes: ['SQLITE_CORRUPT', 'SQLITE_NOTADB'],
    code: 'state-damaged',
    message: (path: string) => `Rowbot's state ${path} is damaged, or is not a SQLite database.`,
    advice:
      'Restore a backup with `rowbot restore`. Without one, move the file (and those ending in -wal and -shm) away: Rowbot then starts empty, and uploaded databases can be added again.',
  },
  {
    codes: ['SQLITE_BUSY', 'SQLITE_LOCKED'],
    code: 'state-busy',
    message: (path: string) => `Another program keeps Rowbot's state ${path} busy.`,
    advice:
      'Try again in a moment. If it stays so, stop what else has the file open (a backup program, a database browser).',
  },
  {
    codes: ['SQLITE_IOERR', 'EIO'],
    code: 'state-unreadable',
    message: (path: string) => `Reading or writing Rowbot's state ${path} failed.`,
    advice: 'Check the disk: is it full, was it removed, does the system log report errors?',
  },
]
