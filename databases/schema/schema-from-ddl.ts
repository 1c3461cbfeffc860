import SQLite from 'better-sqlite3'
import { DatabaseError } from '../database-error.ts'
import { introspectDatabase } from './introspect.ts'
import type { Schema } from './schema.ts'
import { splitStatements } from './split-statements.ts'

/**
 * The schema that DDL text describes, without any data: the text runs on an empty database in memory. Only CREATE
 * TABLE, INDEX and VIEW are taken; other statements are skipped with a warning, SQLite's own tables, which its shell
 * prints with the others, without one. Throws a DatabaseError for DDL that
 * SQLite does not understand. To be run in a sandbox process.
 */
export function schemaFromDdl({ ddl }: { ddl: string }): Schema {
  const db = new SQLite(':memory:')
  try {
    db.pragma('foreign_keys = OFF')
    const skipped: string[] = []
    for (const { sql, line } of splitStatements([ddl])) {
      if (isOwnTable.test(sql)) continue
      if (isCreate.test(sql)) create(db, sql, line)
      else
        skipped.push(`Line ${line} of the schema was skipped: it is not a CREATE TABLE, CREATE INDEX or CREATE VIEW.`)
    }
    const schema = introspectDatabase(db, { sensitive: [], budgetMs: 1000, rowsOf: 'tables' })
    if (schema.tables.length > 0) return { ...schema, warnings: [...skipped, ...schema.warnings] }
    throw ddlError('The schema holds no table.')
  } finally {
    db.close()
  }
}

const isCreate = /^CREATE\s+(TABLE|VIEW|(UNIQUE\s+)?INDEX)\b/i
const isOwnTable = /^CREATE\s+TABLE\s+(IF\s+NOT\s+EXISTS\s+)?["'`[]?sqlite_/i

function create(db: SQLite.Database, sql: string, line: number): void {
  try {
    db.prepare(sql).run()
  } catch (error) {
    throw ddlError(`Line ${line} of the schema cannot be read: ${(error as Error).message}.`, error)
  }
}

function ddlError(message: string, cause?: unknown): DatabaseError {
  const advice = "Give the schema as SQLite's CREATE TABLE statements, each ended by a semicolon."
  return new DatabaseError({ code: 'bad-ddl', message, advice, cause })
}
