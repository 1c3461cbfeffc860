import type Database from 'better-sqlite3'
import type { SensitiveColumn } from './executor.ts'
import { openReadOnly } from './open-read-only.ts'
import { openShadowed } from './open-shadowed.ts'
import { versionOf } from './readable-file.ts'

let maxOpen = 8

/** For a process that goes round many files: how many connections it keeps open. */
export function keepOpen(count: number): void {
  maxOpen = count
}

type Entry = { connection: Database.Database; version: string }

const open = new Map<string, Entry>()

/**
 * A read-only connection to the file, kept open for the next query, least recently used out. A file that has been
 * replaced or rewritten since is opened anew. With sensitive columns the connection does not know them at all.
 */
export function connectTo(path: string, sensitive: SensitiveColumn[]): Database.Database {
  closeWhenIdle()
  const key = JSON.stringify([path, sensitive])
  const version = versionOf(path)
  const known = open.get(key)
  open.delete(key)
  if (known !== undefined && known.version === version) {
    open.set(key, known)
    return known.connection
  }
  known?.connection.close()
  makeRoom()
  const connection = sensitive.length === 0 ? openReadOnly(path) : openShadowed(path, sensitive)
  open.set(key, { connection, version })
  return connection
}

function makeRoom(): void {
  for (const [key, { connection }] of open) {
    if (open.size < maxOpen) return
    open.delete(key)
    connection.close()
  }
}

const idleMs = 60_000
let idle: NodeJS.Timeout | undefined

// An open file in WAL mode keeps its other programs from some maintenance, and a deleted one keeps its disk space.
function closeWhenIdle(): void {
  clearTimeout(idle)
  idle = setTimeout(() => {
    for (const { connection } of open.values()) connection.close()
    open.clear()
  }, idleMs)
  idle.unref()
}
