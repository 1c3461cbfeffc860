import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, open, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { DatabaseError } from '../database-error.ts'
import { fileFailure } from '../file-failure.ts'

/**
 * A file that somebody wants to add: `name` is what they call it; its bytes are in a file here, or arrive as a stream.
 */
export type IncomingFile = { name: string; path: string } | { name: string; stream: AsyncIterable<Uint8Array> }

export type StagedFile = { name: string; path: string; bytes: number }

/** Copies of incoming files in a folder of their own, which `discard` removes with all that is in it. */
export type Staging = { folder: string; files: StagedFile[]; discard(): Promise<void> }

type Options = { parent: string; maxBytes: number; signal?: AbortSignal }

/**
 * Copies files into a new folder, piece by piece. Throws a DatabaseError (too-large, disk-full, file-unreadable,
 * file-missing, file-not-database) or the signal's reason, and then leaves nothing behind.
 */
export async function stageFiles(incoming: IncomingFile[], { parent, maxBytes, signal }: Options): Promise<Staging> {
  await mkdir(parent, { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(join(parent, 'upload-'))
  const discard = () => rm(folder, { recursive: true, force: true })
  const files: StagedFile[] = []
  // A stream that breaks while it waits for its turn tells so when it is read; without a listener it would end the
  // process now.
  for (const file of incoming)
    if ('stream' in file && file.stream instanceof Readable) file.stream.on('error', () => undefined)
  try {
    for (const [index, file] of incoming.entries()) {
      const room = maxBytes - files.reduce((sum, { bytes }) => sum + bytes, 0)
      const path = join(folder, String(index))
      const bytes = await copyFile(file, path, { room, maxBytes, signal })
      files.push({ name: basename(file.name), path, bytes })
    }
    return { folder, files, discard }
  } catch (error) {
    await discard()
    throw error
  }
}

async function copyFile(
  file: IncomingFile,
  path: string,
  { room, maxBytes, signal }: { room: number; maxBytes: number; signal?: AbortSignal },
): Promise<number> {
  try {
    if ('path' in file) await refuseSource(file, room, maxBytes)
    const target = await open(path, 'wx', 0o600)
    let bytes = 0
    try {
      for await (const piece of 'path' in file ? createReadStream(file.path, readOptions) : file.stream) {
        signal?.throwIfAborted()
        bytes += piece.length
        if (bytes > room) throw tooLarge(file.name, maxBytes)
        await target.writeFile(piece)
      }
      return bytes
    } finally {
      await target.close()
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw fileFailure(error, basename(file.name))
  }
}

const readOptions = { highWaterMark: 1024 * 1024 }

async function refuseSource(file: { name: string; path: string }, room: number, maxBytes: number): Promise<void> {
  const about = await stat(file.path)
  // Reading a folder or a pipe would fail later, and in a riddle.
  if (!about.isFile()) {
    const message = `${basename(file.name)} is a folder or a device, not a file.`
    throw new DatabaseError({ code: 'file-not-database', message, advice: 'Name the database file itself.' })
  }
  if (about.size > room) throw tooLarge(file.name, maxBytes)
}

function tooLarge(name: string, maxBytes: number): DatabaseError {
  const limit = `${Math.round(maxBytes / 1e6)} MB`
  return new DatabaseError({
    code: 'file-too-large',
    message: `${basename(name)} is too large: uploads may have ${limit} in all.`,
    advice: 'Raise the upload limit (ROWBOT_UPLOAD_LIMIT), or add the database by its path, which copies nothing.',
  })
}
