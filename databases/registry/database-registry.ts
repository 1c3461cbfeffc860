import type { SensitiveColumn } from '../sandbox/executor.ts'
import type { DatabaseRecord } from '../state/database-record.ts'
import type { OpenDatabase, SurveyedDatabase } from './open-database.ts'
import type { IncomingFile } from './stage-files.ts'

/** The workspace of whoever names none. */
export const defaultWorkspace = 'local'

/** What to call a database and whom it belongs to; what is left out comes from the file's name and the defaults. */
export type DatabaseMeta = {
  name?: string
  description?: string
  workspaceId?: string
  ownerId?: string
  /** Columns to keep back. Default: those whose names say that they hold secrets. */
  sensitive?: SensitiveColumn[]
}

/** A database that was taken in. */
export type Added = {
  record: DatabaseRecord
  /** What was changed or left out, in words. */
  warnings: string[]
  /** Columns that are shown, and that somebody may want to keep back. */
  personal: SensitiveColumn[]
}

/** The databases that can be asked. Whatever goes wrong with a file is a DatabaseError. */
export type DatabaseRegistry = {
  /** Copies one SQLite file, or makes one of tables (.csv, .tsv) or a dump (.sql); the copy is never changed. */
  addUpload(files: IncomingFile[], meta?: DatabaseMeta, signal?: AbortSignal): Promise<Added>
  /**
   * Registers a SQLite file to be read where it is, always in its present state. Only for who may name any file on this
   * machine: never for a web request or a chat.
   */
  addPath(path: string, meta?: DatabaseMeta): Promise<Added>
  list(workspaceId?: string): DatabaseRecord[]
  /** By id, else by name. */
  find(idOrName: string, workspaceId?: string): DatabaseRecord | undefined
  /** Gives an upload new data under the same id; sensitive columns, bindings and history stay. */
  replace(id: string, files: IncomingFile[], signal?: AbortSignal): Promise<Added>
  /** Reads a database's structure and values again, even where its file seems unchanged. */
  refresh(id: string): Promise<OpenDatabase>
  update(id: string, changes: { name?: string; description?: string }): DatabaseRecord
  /**
   * Sets the columns that are kept back, instead of those before. Throws `no-such-column` for one that is not there.
   */
  setSensitive(id: string, columns: SensitiveColumn[]): Promise<DatabaseRecord>
  /** Deletes what we keep of a database; a file that is read in place stays. False where there is none of that id. */
  remove(id: string): Promise<boolean>
  /**
   * What is known of a database, to choose by: its file is looked at only where nothing is known yet. Takes an id, or a
   * name of the default workspace.
   */
  survey(idOrName: string): Promise<SurveyedDatabase>
  /** Takes an id, or a name of the default workspace. */
  open(idOrName: string): Promise<OpenDatabase>
  /** Opens a file that is not registered: SQLite in place, tables and dumps as a copy that lives until `close`. */
  openFile(path: string, options?: { sensitive?: SensitiveColumn[] }): Promise<OpenDatabase>
  close(): Promise<void>
}
