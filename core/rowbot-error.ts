/** What a person is told when something did not work: what happened and what to do next. `code` is for programs. */
export type Advised = { code: string; message: string; advice: string }

/**
 * A broken assumption outside models/ and databases/, which have a ModelError and a DatabaseError of the same shape. `message` says what
 * happened and `advice` what to do next, both for a person.
 */
export class RowbotError extends Error {
  override readonly name = 'RowbotError'
  readonly code: string
  readonly advice: string

  constructor({ code, message, advice, cause }: Advised & { cause?: unknown }) {
    super(message, { cause })
    this.code = code
    this.advice = advice
  }
}

/**
 * The one place where an error becomes words for a person, used by every front end. Errors that carry advice keep their own words; known
 * causes from the operating system and from SQLite get theirs here, however deep they lie; everything else is a defect of ours.
 */
export function advised(error: unknown): Advised {
  const chain = causes(error)
  for (const cause of chain)
    if (hasAdvice(cause)) return { code: cause.code, message: cause.message, advice: cause.advice }
  for (const cause of chain) {
    const known = knownCause(cause)
    if (known) return known
  }
  return {
    code: 'unexpected',
    message: `Something went wrong that Rowbot did not expect: ${chain[0] instanceof Error ? chain[0].message : String(error)}`,
    advice: 'Try again. If it happens again, run `rowbot doctor` and report it with what the log says.',
  }
}

type SystemError = Error & { code: string; path?: string; port?: number; address?: string }

const DEEPEST_CAUSE = 10

function causes(error: unknown): unknown[] {
  const chain: unknown[] = []
  let current: unknown = error
  while (current !== undefined && current !== null && chain.length < DEEPEST_CAUSE) {
    chain.push(current)
    current = current instanceof Error ? current.cause : undefined
  }
  return chain
}

function hasAdvice(error: unknown): error is Error & Advised {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    'advice' in error &&
    typeof error.advice === 'string'
  )
}

function knownCause(error: unknown): Advised | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  const code = error.code
  const words = KNOWN[code] ?? KNOWN[code.split('_').slice(0, 2).join('_')]
  return words && { code, ...words(error as SystemError) }
}

/** SQLite's extended codes (SQLITE_IOERR_WRITE) are looked up by their own name first, then by the primary code (SQLITE_IOERR). */
const KNOWN: Record<string, (error: SystemError) => { message: string; advice: string }> = {
  EADDRINUSE: ({ port }) => ({
    message: `Port ${port ?? ''} is already in use by another program.`.replace('  ', ' '),
    advice: 'Stop that program, or choose another port with --port or ROWBOT_PORT. Perhaps Rowbot is already running?',
  }),
  EADDRNOTAVAIL: ({ address }) => ({
    message: `This machine has no address ${address ?? 'like that'} to listen on.`,
    advice:
      'Set ROWBOT_HOST to an address of this machine: 127.0.0.1 for this machine only, 0.0.0.0 for all its addresses.',
  }),
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  EFBIG: diskFull,
  SQLITE_FULL: diskFull,
  EACCES: notAllowed,
  EPERM: notAllowed,
  SQLITE_PERM: notAllowed,
  SQLITE_AUTH: notAllowed,
  EROFS: readOnly,
  SQLITE_READONLY: readOnly,
  EMFILE: tooManyFiles,
  ENFILE: tooManyFiles,
  ENOENT: ({ path }) => ({
    message: path ? `There is no file or folder ${path}.` : 'A file that is needed does not exist.',
    advice: 'Check the path for typing errors. Relative paths start at the folder in which Rowbot was started.',
  }),
  ENOTDIR: ({ path }) => ({
    message: `A part of the path ${path ?? ''} is a file, not a folder.`.replace('  ', ' '),
    advice: 'Check the path for typing errors.',
  }),
  EISDIR: ({ path }) => ({
    message: path ? `${path} is a folder; a file is needed.` : 'A folder was given where a file is needed.',
    advice: 'Give the path of the file itself.',
  }),
  ENOMEM: outOfMemory,
  SQLITE_NOMEM: outOfMemory,
  SQLITE_CORRUPT: damaged,
  SQLITE_NOTADB: damaged,
  SQLITE_BUSY: busy,
  SQLITE_LOCKED: busy,
  SQLITE_CANTOPEN: ({ path }) => ({
    message: `A database file could not be opened${path ? `: ${path}` : ''}.`,
    advice: 'Check that the file and its folder exist and that Rowbot may read and write them.',
  }),
  SQLITE_IOERR: () => ({
    message: 'Reading or writing a database file failed.',
    advice:
      'Check the disk: is it full, was it removed, does the system log report errors? `rowbot doctor` shows free space.',
  }),
  ECONNREFUSED: ({ address, port }) => ({
    message: `Nothing answers at ${address ?? 'the address'}${port ? `:${port}` : ''}.`,
    advice: 'Check that the server is running and that its address is right.',
  }),
  ENOTFOUND: () => ({
    message: 'The name of a server could not be found.',
    advice: 'Check the address for typing errors and that this machine is connected to the network.',
  }),
}

function diskFull() {
  return {
    message: 'The disk is full (or a quota is used up), so nothing more could be saved.',
    advice: 'Free some space and try again; `rowbot doctor` shows where. What was saved before is unharmed.',
  }
}

function notAllowed({ path }: SystemError) {
  return {
    message: path ? `Rowbot is not allowed to use ${path}.` : 'The operating system does not allow that.',
    advice: 'Give the user that runs Rowbot permission for it, or set ROWBOT_HOME to a folder of its own.',
  }
}

function readOnly({ path }: SystemError) {
  return {
    message: path ? `${path} cannot be written: it is read-only.` : 'A file that must be written is read-only.',
    advice:
      'Make the file and its folder writable for the user that runs Rowbot, or set ROWBOT_HOME to another folder.',
  }
}

function tooManyFiles() {
  return {
    message: 'Too many files are open at once.',
    advice:
      'Raise the limit (`ulimit -n 4096` before starting, or LimitNOFILE in a systemd unit) and start Rowbot again.',
  }
}

function outOfMemory() {
  return {
    message: 'There is not enough free memory.',
    advice: 'Close other programs, choose a smaller model (`rowbot models list`), or lower ROWBOT_CONTEXT_TOKENS.',
  }
}

function damaged() {
  return {
    message: 'A database file is damaged, or is not a SQLite database.',
    advice:
      "If it is Rowbot's own state, restore a backup with `rowbot restore`; otherwise register a sound copy of the file.",
  }
}

function busy() {
  return {
    message: 'A database is in use by another program and did not become free in time.',
    advice: 'Try again in a moment; if it stays so, find out which program keeps the file open.',
  }
}
