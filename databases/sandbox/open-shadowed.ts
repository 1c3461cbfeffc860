import Database from 'better-sqlite3'
import { foldName, quoteName } from '../schema/quote-name.ts'
import type { SensitiveColumn } from './executor.ts'
import { busyTimeoutMs, harden } from './open-read-only.ts'
import { readableFile } from './readable-file.ts'
import { secretName } from './secret-name.ts'

/**
 * Opens a SQLite file so that its sensitive columns do not exist for the SQL that runs on the connection.
 *
 * The file is attached under a name that nobody can guess, to an empty database in memory. Names in SQL are looked up
 * among the temporary objects first, then in the (empty) main database, then in the attached one. So a temporary view
 * of a table's name, without the sensitive columns, stands before the table; and every view of the file is made again as
 * a temporary one from its own text, so that it reads the shadows too. One that reads a sensitive column then fails with
 * "no such column", and one that names its schema ("main.people") finds nothing there.
 */
export function openShadowed(path: string, sensitive: SensitiveColumn[]): Database.Database {
  const secret = secretName()
  const connection = attach(path, secret)
  try {
    // Names like those of full-text search's own tables cannot be given to anything otherwise.
    connection.unsafeMode(true)
    for (const object of objectsOf(connection, secret)) shadow(connection, secret, object, sensitive)
    // These would tell the name of the attached file.
    for (const { name } of pragmasOf(connection)) block(connection, `pragma_${name}`)
    connection.unsafeMode(false)
    harden(connection)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

// Files are attached the way the main database was opened: read-only.
function attach(path: string, secret: string): Database.Database {
  const file = readableFile(path)
  const connection = new Database(emptyDatabase(), { readonly: true, timeout: busyTimeoutMs })
  try {
    // First of all: the setting makes SQLite read the schema again.
    connection.exec('PRAGMA temp_store = MEMORY')
    connection.unsafeMode(true)
    attachTolerantly(connection, file.path, secret)
    connection.unsafeMode(false)
    return connection
  } catch (error) {
    connection.close()
    throw error
  } finally {
    file.release()
  }
}

// A view that says "main" would make the whole file unreadable under another name; this way it is left out.
function attachTolerantly(connection: Database.Database, path: string, secret: string): void {
  connection.pragma('writable_schema = ON')
  connection.prepare(`ATTACH ? AS ${secret}`).run(path)
  connection.prepare(`SELECT count(*) FROM ${secret}.sqlite_schema`).get()
  connection.pragma('writable_schema = OFF')
}

// ANALYZE makes sqlite_stat tables in main, which stand before those of the file: these hold samples of values.
function emptyDatabase(): Buffer {
  const connection = new Database(':memory:')
  connection.exec('CREATE TABLE analyzed(x); INSERT INTO analyzed VALUES (1); ANALYZE; DROP TABLE analyzed')
  const image = connection.serialize()
  connection.close()
  return image
}

type StoredObject = { name: string; kind: 'table' | 'view' | 'virtual' | 'shadow'; sql: string }

function objectsOf(connection: Database.Database, secret: string): StoredObject[] {
  return connection
    .prepare<[string], StoredObject>(
      `SELECT list.name, list.type AS kind, coalesce(entry.sql, '') AS sql
       FROM pragma_table_list AS list JOIN ${secret}.sqlite_schema AS entry ON entry.name = list.name
       WHERE list.schema = ? AND entry.type IN ('table', 'view') AND list.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    )
    .all(secret)
}

function pragmasOf(connection: Database.Database): { name: string }[] {
  return connection.prepare<[], { name: string }>('SELECT name FROM pragma_pragma_list').all()
}

function shadow(
  connection: Database.Database,
  secret: string,
  object: StoredObject,
  sensitive: SensitiveColumn[],
): void {
  const hidden = sensitive.filter(({ table }) => sameName(table, object.name)).map(({ column }) => column)
  if (object.kind === 'table' && hidden.length > 0) shadowTable(connection, secret, object, hidden)
  if (object.kind === 'view') shadowView(connection, object, hidden)
  // An index for full-text search holds what it indexes, and may index any table.
  if (object.kind === 'virtual' || object.kind === 'shadow') block(connection, object.name)
}

function shadowTable(connection: Database.Database, secret: string, { name }: StoredObject, hidden: string[]): void {
  const visible = visibleColumns(connection, secret, name, hidden)
  if (visible.length === 0) block(connection, name)
  else {
    const list = visible.map(quoteName).join(', ')
    connection.exec(`CREATE TEMP VIEW ${quoteName(name)} AS SELECT ${list} FROM ${secret}.${quoteName(name)}`)
  }
}

// SQLite stores the text of a view as "CREATE VIEW", one space, the name as it was written, and the rest.
const storedView = /^CREATE VIEW ("(?:[^"]|"")*"|\[[^\]]*\]|`(?:[^`]|``)*`|'(?:[^']|'')*'|[\p{L}\p{N}_$]+)/u

function shadowView(connection: Database.Database, { name, sql }: StoredObject, hidden: string[]): void {
  const body = storedView.test(sql) ? sql.replace(storedView, '') : null
  const whole = hidden.length === 0 ? name : secretName()
  if (body === null || !tryCreate(connection, whole, body)) {
    block(connection, name)
    return
  }
  if (hidden.length === 0) return
  const visible = visibleColumns(connection, 'temp', whole, hidden)
  const list = visible.map(quoteName).join(', ')
  if (visible.length === 0 || !tryCreate(connection, name, ` AS SELECT ${list} FROM temp.${whole}`)) {
    block(connection, name)
  }
}

function tryCreate(connection: Database.Database, name: string, body: string): boolean {
  try {
    connection.prepare(`CREATE TEMP VIEW ${quoteName(name)}${body}`).run()
    return true
  } catch {
    return false
  }
}

/** Puts a view that fails in front of an object, so that its name leads nowhere. */
function block(connection: Database.Database, name: string): void {
  connection.exec(`CREATE TEMP VIEW ${quoteName(name)} AS SELECT * FROM ${quoteName(`${name} (not available)`)}`)
}

/** Generated columns go as well: they may be computed from a hidden one. Empty where the object is broken. */
function visibleColumns(connection: Database.Database, schema: string, name: string, hidden: string[]): string[] {
  try {
    return connection
      .prepare<[string, string], { name: string }>('SELECT name FROM pragma_table_xinfo(?, ?) WHERE hidden = 0')
      .all(name, schema)
      .map((column) => column.name)
      .filter((column) => !hidden.some((one) => sameName(one, column)))
  } catch {
    return []
  }
}

function sameName(one: string, other: string): boolean {
  return foldName(one) === foldName(other)
}
