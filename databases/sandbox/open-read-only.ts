import Database from 'better-sqlite3'
import { readableFile } from './readable-file.ts'

/** How long to wait for a writer that holds a lock on the file. */
export const busyTimeoutMs = 2_000

/** Opens a SQLite file for reading only. Throws a DatabaseError in words where it is none. */
export function openReadOnly(path: string): Database.Database {
  const file = readableFile(path)
  try {
    const connection = new Database(file.path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs })
    harden(connection)
    return connection
  } finally {
    file.release()
  }
}

/** Settings of every connection on which untrusted SQL runs. */
export function harden(connection: Database.Database): void {
  connection.defaultSafeIntegers(true)
  // Sorting a large result must not fill the disk, and a hostile file's views must not call functions with effects.
  connection.exec('PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA query_only = ON')
}
