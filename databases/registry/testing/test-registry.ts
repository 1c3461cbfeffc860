import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, afterEach } from 'vitest'
import { DatabaseError } from '../../database-error.ts'
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.ts'
import { openState, type State } from '../../state/open-state.ts'
import type { DatabaseRegistry } from '../database-registry.ts'
import type { OpenDatabase } from '../open-database.ts'
import { openRegistry, type RegistrySettings } from '../registry.ts'
import type { IncomingFile } from '../stage-files.ts'

/** A registry with its real parts over a folder of its own, and another folder for files to give it. */
export type TestRegistry = {
  registry: DatabaseRegistry
  state: State
  sandbox: Sandbox
  dataDir: string
  /** Writes a file that is outside of the data directory, and gives its path. */
  write(name: string, content: string | Uint8Array): string
  /** Makes a SQLite file there. */
  make(name: string, sql: string): string
  /** Files below the data directory, but for the state itself. */
  kept(): string[]
  close(): Promise<void>
}

export function openTestRegistry(settings?: RegistrySettings): TestRegistry {
  const root = mkdtempSync(join(tmpdir(), 'registry-'))
  const dataDir = mkdtempSync(join(root, 'data-'))
  const sandbox = createSandbox({ processes: 2 })
  const state = openState({ path: join(dataDir, 'rowbot.db') })
  const registry = openRegistry({ records: state.databases, dataDir, sandbox, settings })
  const write: TestRegistry['write'] = (name, content) => {
    writeFileSync(join(root, name), content)
    return join(root, name)
  }
  return {
    registry,
    state,
    sandbox,
    dataDir,
    write,
    make: (name, sql) => {
      const db = new SQLite(join(root, name))
      db.exec(sql)
      db.close()
      return join(root, name)
    },
    kept: () =>
      readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
        .filter((file) => !file.startsWith('rowbot.db') && statSync(join(dataDir, file)).isFile())
        .sort(),
    close: async () => {
      await registry.close()
      await sandbox.close()
      state.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** One for all tests of a file: emptied after each, closed after the last. */
export function testRegistryOfFile(): TestRegistry {
  const test = openTestRegistry()
  afterEach(async () => {
    for (const { id } of test.registry.list()) await test.registry.remove(id)
  })
  afterAll(() => test.close())
  return test
}

/** A file on disk as somebody would upload it. */
export function fileAt(path: string, name = path.split('/').at(-1) ?? ''): IncomingFile {
  return { name, path }
}

/** The DatabaseError that a promise rejects with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<DatabaseError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof DatabaseError)) throw new Error(`expected a DatabaseError, got ${error}`)
  return error
}

/** A small shop, as SQL. */
export const shop = `CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, city TEXT);
  INSERT INTO customers (name, city) VALUES ('Ann', 'München'), ('Bob', 'Paris')`

/** The rows that a query gives, or the outcome where it gives none. */
export async function rowsOf(database: OpenDatabase, sql: string) {
  const { outcome } = await database.run(sql)
  return outcome.kind === 'rows' ? outcome.rows : outcome
}
