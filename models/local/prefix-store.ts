import { chmod, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256OfFile } from '../sha256-of-file.ts'

/**
 * Evaluated prompt beginnings in files, so that a schema is read by the model once and not at every start. A file's name carries the
 * key and the SHA-256 of its content: a damaged file is recognised before llama.cpp, which trusts it blindly, gets to see it.
 */
export type PrefixStore = {
  /** Path of a sound state for the key; null where there is none. */
  find(key: string): Promise<string | null>
  /** Keeps what `write` puts into the file it is given, where nothing is kept under the key yet. Failing to keep (a full disk) only costs time later, so it is not an error. */
  keep(key: string, write: (path: string) => Promise<unknown>): Promise<void>
  drop(key: string): Promise<void>
}

export async function openPrefixStore({
  directory,
  maxBytes,
}: {
  directory: string
  maxBytes: number
}): Promise<PrefixStore> {
  // Schemas can be read from the states, and values: they are nobody else's business.
  await mkdir(directory, { recursive: true, mode: 0o700 }).catch(() => {})
  await chmod(directory, 0o700).catch(() => {})
  await dropAbandoned(directory)
  const filesOf = async (key: string) => (await stateFiles(directory)).filter((name) => name.startsWith(`${key}-`))

  return {
    async find(key) {
      for (const name of await filesOf(key)) {
        const path = join(directory, name)
        if ((await sha256OfFile(path).catch(() => null)) === checksumIn(name)) {
          // The time of last use decides what is dropped first.
          await utimes(path, new Date(), new Date()).catch(() => {})
          return path
        }
        await rm(path, { force: true })
      }
      return null
    },
    async keep(key, write) {
      if ((await filesOf(key)).length > 0) return
      const temporary = join(directory, `${key}.${process.pid}.${Date.now()}.part`)
      try {
        await write(temporary)
        const checksum = await sha256OfFile(temporary)
        await rename(temporary, join(directory, `${key}-${checksum}.state`))
        await dropOldest(directory, maxBytes)
      } catch {
        await rm(temporary, { force: true }).catch(() => {})
      }
    },
    async drop(key) {
      for (const name of await filesOf(key)) await rm(join(directory, name), { force: true })
    },
  }
}

/**
 * Removes all that is kept in a directory, also while a model works with it: what is asked for again is read again. For
 * when something of a schema must not be kept any more, since nothing says of which schema a state is.
 */
export async function forgetPrefixes(directory: string): Promise<void> {
  for (const name of await stateFiles(directory)) await rm(join(directory, name), { force: true })
}

const ABANDONED_MS = 10 * 60_000

/** Half-written states of processes that were killed. */
async function dropAbandoned(directory: string): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    if (!name.endsWith('.part')) continue
    const path = join(directory, name)
    const { mtimeMs } = (await stat(path).catch(() => null)) ?? { mtimeMs: Date.now() }
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { force: true }).catch(() => {})
  }
}

async function stateFiles(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => [])
  return names.filter((name) => name.endsWith('.state'))
}

function checksumIn(name: string): string {
  return name.slice(name.lastIndexOf('-') + 1, -'.state'.length)
}

async function dropOldest(directory: string, maxBytes: number): Promise<void> {
  const files = await Promise.all(
    (await stateFiles(directory)).map(async (name) => {
      const path = join(directory, name)
      const info = await stat(path).catch(() => null)
      return { path, bytes: info?.size ?? 0, usedMs: info?.mtimeMs ?? 0 }
    }),
  )
  let left = files.reduce((sum, { bytes }) => sum + bytes, 0)
  for (const { path, bytes } of files.sort((a, b) => a.usedMs - b.usedMs)) {
    if (left <= maxBytes) return
    await rm(path, { force: true })
    left -= bytes
  }
}
