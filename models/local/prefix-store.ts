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
  /** How often all was forgotten: what is read of a schema now is worth keeping until this changes. */
  forgets(): number
  /**
   * Keeps what `write` puts into the file it is given, where nothing is kept under the key yet, and nothing was forgotten since `forgets` (default:
   * since the call). Failing to keep (a full disk) only costs time later, so it is not an error.
   */
  keep(key: string, write: (path: string) => Promise<unknown>, forgets?: number): Promise<void>
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
  const forgets = () => forgotten.get(directory) ?? 0
  const filesOf = async (key: string) =>
    (await filesLike(directory, '.state')).filter((name) => name.startsWith(`${key}-`))

  return {
    forgets,
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
    async keep(key, write, since = forgets()) {
      if (since !== forgets() || (await filesOf(key)).length > 0) return
      const temporary = join(directory, `${key}.${process.pid}.${Date.now()}.part`)
      try {
        await write(temporary)
        const checksum = await sha256OfFile(temporary)
        const path = join(directory, `${key}-${checksum}.state`)
        await rename(temporary, path)
        if (since !== forgets()) await rm(path, { force: true })
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

/** By directory; whoever forgets need not have the store open. */
const forgotten = new Map<string, number>()

/**
 * Removes all that is kept in a directory, also while a model works with it: what is asked for again is read again. For
 * when something of a schema must not be kept any more, since nothing says of which schema a state is.
 */
export async function forgetPrefixes(directory: string): Promise<void> {
  forgotten.set(directory, (forgotten.get(directory) ?? 0) + 1)
  // Another process may be writing one, which fails to keep it then.
  for (const name of await filesLike(directory, '.part'))
    await rm(join(directory, name), { force: true }).catch(() => {})
  for (const name of await filesLike(directory, '.state')) await rm(join(directory, name), { force: true })
}

const ABANDONED_MS = 10 * 60_000

/** Half-written states of processes that were killed. */
async function dropAbandoned(directory: string): Promise<void> {
  for (const name of await filesLike(directory, '.part')) {
    const path = join(directory, name)
    const { mtimeMs } = (await stat(path).catch(() => null)) ?? { mtimeMs: Date.now() }
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { force: true }).catch(() => {})
  }
}

async function filesLike(directory: string, ending: '.state' | '.part'): Promise<string[]> {
  const names = await readdir(directory).catch(() => [])
  return names.filter((name) => name.endsWith(ending))
}

function checksumIn(name: string): string {
  return name.slice(name.lastIndexOf('-') + 1, -'.state'.length)
}

async function dropOldest(directory: string, maxBytes: number): Promise<void> {
  const files = await Promise.all(
    (await filesLike(directory, '.state')).map(async (name) => {
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
