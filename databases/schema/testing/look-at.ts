import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite, { type Database } from 'better-sqlite3'
import type { SensitiveColumn } from '../../sandbox/executor.ts'
import { introspect } from '../introspect.ts'
import type { Column, Schema, Table } from '../schema.ts'

type Fill = string | ((db: Database) => void)

/** Makes SQLite files in a folder of its own and looks at them. */
export function openWorkbench() {
  const folder = mkdtempSync(join(tmpdir(), 'introspect-'))
  let made = 0
  const make = (fill: Fill) => {
    const path = join(folder, `${made++}.sqlite`)
    const db = new SQLite(path)
    if (typeof fill === 'string') db.exec(fill)
    else db.transaction(() => fill(db))()
    db.close()
    return path
  }
  return {
    folder,
    make,
    look: (fill: Fill, sensitive: SensitiveColumn[] = []) => lookAt(make(fill), sensitive),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export function lookAt(path: string, sensitive: SensitiveColumn[] = []): Schema {
  return introspect({ path, sensitive, budgetMs: 20_000, rowsOf: 'tables and views' })
}

export function tableOf(schema: Schema, name: string): Table {
  const found = schema.tables.find((one) => one.name === name)
  if (!found) throw new Error(`no table ${name} among ${schema.tables.map((one) => one.name)}`)
  return found
}

export function columnOf(schema: Schema, table: string, name: string): Column {
  const found = tableOf(schema, table).columns.find((one) => one.name === name)
  if (!found) throw new Error(`no column ${name}`)
  return found
}
