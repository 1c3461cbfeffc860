import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** A new folder in the temporary folder, and the means to remove it. */
export function makeFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'rowbot-sandbox-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Makes a SQLite file of some SQL and gives its path. */
export function makeDatabase(folder: string, name: string, sql: string): string {
  const path = join(folder, name)
  const connection = new Database(path)
  connection.exec(sql)
  connection.close()
  return path
}

/** Counts for ever. */
export const endless =
  'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n WHERE x < 0'
