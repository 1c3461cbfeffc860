import { DatabaseError } from './database-error.ts'

/**
 * A failure of the file system or of SQLite as a DatabaseError, in words, about the file of that name; a DatabaseError
 * comes back as it is. Codes: disk-full, file-unreadable, file-missing, file-not-database, file-damaged, file-busy,
 * file-failed.
 */
export function fileFailure(error: unknown, name: string): DatabaseError {
  if (error instanceof DatabaseError) return error
  const given = (error as { code?: unknown } | null)?.code
  const code = typeof given === 'string' ? given : ''
  const known = failures.find(({ pattern }) => pattern.test(code))
  const { message, ...rest } = known ?? unknownFailure(error)
  return new DatabaseError({ code: rest.code, message: message(name), advice: rest.advice, cause: error })
}

type Failure = { code: string; message: (name: string) => string; advice: string }

const failures: (Failure & { pattern: RegExp })[] = [
  {
    pattern: /^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL)$/,
    code: 'disk-full',
    message: (name) => `There is no room on the disk for ${name}.`,
    advice: 'Free some space on that disk, or use another one, and try again. Nothing was changed.',
  },
  {
    pattern: /^(EACCES|EPERM|EROFS|SQLITE_PERM|SQLITE_AUTH|SQLITE_CANTOPEN.*|SQLITE_READONLY.*)$/,
    code: 'file-unreadable',
    message: (name) => `${name} cannot be used: its permissions, or those of its folder, do not allow it.`,
    advice:
      'Allow the user that Rowbot runs as to read it (or to write, where something is to be saved), and try again.',
  },
  {
    pattern: /^(ENOENT|ENOTDIR)$/,
    code: 'file-missing',
    message: (name) => `There is no file ${name}.`,
    advice: 'Check the path, or upload the file.',
  },
  {
    pattern: /^SQLITE_NOTADB$/,
    code: 'file-not-database',
    message: (name) => `${name} is not a SQLite database, or it is encrypted.`,
    advice: 'Export it as a plain SQLite file, or as CSV, and add that.',
  },
  {
    pattern: /^SQLITE_(CORRUPT.*|IOERR_(SHORT_READ|DATA|CORRUPTFS))$/,
    code: 'file-damaged',
    message: (name) => `${name} is damaged.`,
    advice: 'Copy it again from its origin, or rescue what can be read with: sqlite3 FILE .recover',
  },
  {
    pattern: /^(EIO|SQLITE_IOERR.*)$/,
    code: 'file-failed',
    message: (name) => `The disk failed while ${name} was read or written.`,
    advice: 'Check the disk, and that it is still connected, and try again.',
  },
  {
    pattern: /^(EBUSY|SQLITE_(BUSY|LOCKED).*)$/,
    code: 'file-busy',
    message: (name) => `${name} is locked by another program.`,
    advice: 'Close the program that writes it, and try again.',
  },
]

function unknownFailure(error: unknown): Failure {
  const reason = error instanceof Error ? error.message : String(error)
  return {
    code: 'file-failed',
    message: (name) => `${name} cannot be used: ${reason}.`,
    advice: 'Check the file, and try again.',
  }
}
