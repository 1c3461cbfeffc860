import { fileURLToPath } from 'node:url'
import type Database from 'better-sqlite3'
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator'
import { DatabaseError } from '../database-error.ts'

/** The folder of this program's own migrations. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url))

/**
 * Brings the schema up to this program's version: all missing migrations in one transaction, or none. Refuses what is no state of ours
 * and what a newer program wrote. Two processes may do this at once. Not drizzle's own `migrate`: that one neither refuses nor locks, and
 * rebuilding a table in it deletes what refers to the table, since foreign keys can be switched off only outside a transaction.
 */
export function migrate(
  sqlite: Database.Database,
  { path, folder = MIGRATIONS_FOLDER }: { path: string; folder?: string },
): void {
  const migrations = readMigrationFiles({ migrationsFolder: folder })
  if (missing(sqlite, migrations, path).length === 0) return
  sqlite.pragma('foreign_keys = OFF')
  try {
    sqlite.transaction(() => apply(sqlite, missing(sqlite, migrations, path))).immediate()
  } finally {
    sqlite.pragma('foreign_keys = ON')
  }
}

/** drizzle's own table, so that its tools understand the file. A migration is known by the time at which it was made. */
const TABLE = '__drizzle_migrations'

function missing(sqlite: Database.Database, migrations: MigrationMeta[], path: string): MigrationMeta[] {
  const applied = appliedMigrations(sqlite, path)
  const known = new Set(migrations.map((migration) => migration.folderMillis))
  if (!applied.every((when) => known.has(when))) {
    throw new DatabaseError({
      code: 'state-too-new',
      message: `Rowbot's state ${path} was written by a newer version of Rowbot than this one.`,
      advice: 'Install the newer version again, or restore a backup that this version made. Nothing was changed.',
    })
  }
  return migrations.filter((migration) => !applied.includes(migration.folderMillis))
}

function appliedMigrations(sqlite: Database.Database, path: string): number[] {
  const tables = sqlite.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all()
  if (tables.includes(TABLE))
    return sqlite.prepare(`SELECT created_at FROM ${TABLE} ORDER BY created_at`).pluck().all().map(Number)
  if (tables.length === 0) return []
  throw new DatabaseError({
    code: 'not-a-state',
    message: `${path} is a SQLite database, but not Rowbot's state.`,
    advice: 'Set ROWBOT_HOME to a folder of its own. To ask this database, register it: `rowbot databases add FILE`.',
  })
}

function apply(sqlite: Database.Database, migrations: MigrationMeta[]): void {
  sqlite.exec(`CREATE TABLE IF NOT EXISTS ${TABLE} (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric)`)
  const note = sqlite.prepare(`INSERT INTO ${TABLE} (hash, created_at) VALUES (?, ?)`)
  for (const { sql, hash, folderMillis } of migrations) {
    for (const statement of sql) sqlite.exec(statement)
    note.run(hash, folderMillis)
  }
  const broken = sqlite.pragma('foreign_key_check') as unknown[]
  if (broken.length > 0) throw new Error(`a migration left ${broken.length} rows that refer to nothing`)
}
