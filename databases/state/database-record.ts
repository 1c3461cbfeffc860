import type { SensitiveColumn } from '../sandbox/executor.ts'

/** A database that people may ask, as the state database remembers it. */
export type DatabaseRecord = {
  id: string
  workspaceId: string
  name: string
  description: string
  /** upload: our own immutable copy, named by its hash. path: read in place, belongs to somebody else. */
  source: 'upload' | 'path'
  /** Absolute path of the SQLite file; kept relative where it lies in the data directory. */
  path: string
  /** SHA-256 of an upload's SQLite file; null for a path, whose file changes. */
  contentHash: string | null
  ownerId: string | null
  sensitive: SensitiveColumn[]
  /** ISO time in UTC. */
  addedAt: string
  /** ISO time in UTC at which the data were last known to be current: upload, replace, or the file's modification. */
  dataAsOf: string
}
