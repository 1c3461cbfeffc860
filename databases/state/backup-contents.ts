import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { isAbsolute, join, normalize, sep } from 'node:path'
import { z } from 'zod'
import { DatabaseError } from '../database-error.ts'

/** The state's place in a backup, and in the data directory. */
export const STATE_FILE = 'state.sqlite'
export const SETTINGS_FILE = 'settings.json'
/** Stands in every backup and says what belongs to it. */
export const CONTENTS_FILE = 'backup.json'

const contents = z.object({
  format: z.literal(1),
  /** ISO time in UTC. */
  madeAt: z.string(),
  /** The data directory that it was made from. */
  dataDir: z.string(),
  /** Paths are relative to the data directory, with `/`. */
  files: z.array(
    z.object({ path: z.string().refine(staysInside), bytes: z.number().int().min(0), sha256: z.string() }),
  ),
})

export type BackupContents = z.output<typeof contents>

/**
 * What is in a backup, once every file in it was found to be as it was written. Throws a DatabaseError, `not-a-backup` or
 * `backup-damaged`, that names the file.
 */
export async function checkBackup(from: string): Promise<BackupContents> {
  const listed = readContents(from)
  for (const { path, bytes, sha256 } of listed.files) {
    const found = await fingerprint(join(from, path)).catch(() => undefined)
    if (found?.bytes !== bytes || found.sha256 !== sha256)
      throw damagedBackup(from, path, found ? 'was changed' : 'is missing')
  }
  return listed
}

/** Size and SHA-256 of a file. */
export async function fingerprint(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return { bytes: statSync(path).size, sha256: hash.digest('hex') }
}

export function damagedBackup(from: string, path: string, what: string, cause?: unknown): DatabaseError {
  return new DatabaseError({
    code: 'backup-damaged',
    message: `The backup ${from} is damaged: ${path} ${what}.`,
    advice: 'Use another backup. Nothing was changed.',
    cause,
  })
}

function readContents(from: string): BackupContents {
  try {
    const listed = contents.parse(JSON.parse(readFileSync(join(from, CONTENTS_FILE), 'utf8')))
    if (listed.files.some(({ path }) => path === STATE_FILE)) return listed
  } catch (cause) {
    throw notABackup(from, cause)
  }
  throw notABackup(from)
}

function notABackup(from: string, cause?: unknown): DatabaseError {
  return new DatabaseError({
    code: 'not-a-backup',
    message: `${from} is not a backup that this version of Rowbot can read.`,
    advice: 'Give the folder that `rowbot backup` wrote; it holds a backup.json. Nothing was changed.',
    cause,
  })
}

/** A backup is only a folder of files: it must not name one outside of itself. */
function staysInside(path: string): boolean {
  return (
    path !== '' &&
    !isAbsolute(path) &&
    !path.includes('\\') &&
    !path.includes('\0') &&
    normalize(path) === path &&
    path.split(sep)[0] !== '..'
  )
}
