import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { DatabaseError } from '../database-error.ts'
import { fileFailure } from '../file-failure.ts'

/** A file that can be opened without leaving anything beside it. `release` once it is open. */
export type ReadableFile = { path: string; release(): void }

/**
 * Finds out how to read a SQLite file without touching its folder; throws a DatabaseError in words where it is none.
 *
 * A file in WAL mode can only be read together with a -shm file. Where nobody has it open, there is none: SQLite would
 * make one (and a -wal file) in a folder that is not ours, with us as their owner, which can lock the file's own program
 * out. We read a private copy then. Its name is removed as soon as it is open, so that it goes away with the process.
 */
export function readableFile(path: string): ReadableFile {
  const header = checkedHeader(path)
  const isWal = header[18] === 2 || existsSync(`${path}-wal`)
  if (!isWal || existsSync(`${path}-shm`)) return { path, release: () => undefined }
  let folder: string | undefined
  const release = () => folder && rmSync(folder, { recursive: true, force: true })
  try {
    folder = mkdtempSync(join(tmpdir(), 'wal-copy-'))
    return { path: copyOutOfWal(path, folder), release }
  } catch (error) {
    release()
    throw copyFailure(error, path)
  }
}

function copyFailure(error: unknown, path: string): DatabaseError {
  const failure = fileFailure(error, path)
  if (failure.code !== 'disk-full') return failure
  return unreadable(
    'disk-full',
    `There is no room in the temporary folder for a copy of ${path}: it is in WAL mode, and while no program has it open only a copy can be read.`,
    'Free some space there, or run "PRAGMA journal_mode = DELETE" on the file with its own program.',
  )
}

const maxCopies = 3

function copyOutOfWal(path: string, folder: string): string {
  const copy = join(folder, 'copy.sqlite')
  for (let n = 0; n < maxCopies; n++) {
    const before = versionOf(path)
    copyFileSync(path, copy, constants.COPYFILE_FICLONE)
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`, constants.COPYFILE_FICLONE)
    if (versionOf(path) === before) {
      const connection = new Database(copy)
      connection.pragma('journal_mode = DELETE')
      connection.close()
      return copy
    }
    rmSync(`${copy}-wal`, { force: true })
  }
  throw new DatabaseError({
    code: 'file-busy',
    message: `The file ${path} was being written while it was read.`,
    advice: 'Ask again when the program that writes it is done.',
  })
}

/** Which state of the file this is: inode, size and time of change, of its write-ahead log too. */
export function versionOf(path: string): string {
  return [path, `${path}-wal`]
    .map((file) => {
      const stat = statSync(file, { bigint: true, throwIfNoEntry: false })
      return stat === undefined ? 'none' : `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}`
    })
    .join(' ')
}

/** Says in words why a file cannot be a SQLite database, before SQLite says it in a riddle. */
function checkedHeader(path: string): Buffer {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) {
    throw unreadable('file-missing', `There is no file ${path}.`, 'Check the path, or add the database again.')
  }
  if (!stat.isFile()) {
    throw unreadable('file-not-database', `${path} is a folder or a device.`, 'Name the database file itself.')
  }
  if (stat.size === 0) throw unreadable('file-empty', `The file ${path} is empty.`, 'Copy it again from its origin.')
  const header = readHeader(path)
  if (header.toString('latin1', 0, 16) === 'SQLite format 3\0') return header
  throw unreadable(
    'file-not-database',
    `The file ${path} is not a SQLite database, or it is encrypted.`,
    'Export it as a plain SQLite file, or as CSV, and add that.',
  )
}

function readHeader(path: string): Buffer {
  const header = Buffer.alloc(100)
  const file = openSync(path, 'r')
  try {
    return header.subarray(0, readSync(file, header, 0, header.length, 0))
  } finally {
    closeSync(file)
  }
}

function unreadable(code: string, message: string, advice: string): DatabaseError {
  return new DatabaseError({ code, message, advice })
}
