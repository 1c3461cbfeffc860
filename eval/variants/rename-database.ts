import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { quoteName } from '#core/sql/quote-name.ts'
import type { Schema } from '#databases/schema/schema.ts'

/** Copies a database and calls its tables and columns as `renamed` does; throws where SQLite cannot (a view or trigger that names them). */
export function renameDatabase(
  from: string,
  to: string,
  { schema, renamed }: { schema: Schema; renamed: Schema },
): void {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to)
  const database = new Database(to)
  try {
    for (const [at, table] of schema.tables.entries()) {
      const other = renamed.tables[at] ?? table
      for (const [index, { name }] of table.columns.entries()) {
        const given = other.columns[index]?.name ?? name
        if (given === name) continue
        database.exec(`ALTER TABLE ${quoteName(table.name)} RENAME COLUMN ${quoteName(name)} TO ${quoteName(given)}`)
      }
      if (other.name !== table.name)
        database.exec(`ALTER TABLE ${quoteName(table.name)} RENAME TO ${quoteName(other.name)}`)
    }
  } finally {
    database.close()
  }
}
