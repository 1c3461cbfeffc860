import type { Rows, SqlValue } from '#core/answer.ts'
import type { AskedDatabase, AskedDatabases } from '#core/asked-database.ts'
import { formatValue } from '#core/format/format-value.ts'
import type { Asker } from '#core/question.ts'
import { advised, RowbotError } from '#core/rowbot-error.ts'
import { fitTable } from '../reply/fit-table.ts'
import { replyLimits } from '../reply/to-reply.ts'
import { toTable } from '../reply/to-table.ts'
import { visibleText } from '../reply/visible-text.ts'
import type { Conversation, DatabaseSummary, Upload } from './conversation.ts'
import { summariseDatabase, viewDatabase } from './view-database.ts'

type ManagedRecord = AskedDatabase['record']
type ManagedDatabase = AskedDatabase & {
  preview(table: string, options: { maxRows: number }): Promise<Rows>
}
type UploadedFile = Upload['files'][number]

const SAMPLE_ROWS = 5

/** Databases that can be asked, added and removed; the registry is one. */
export type ManagedDatabases = Omit<AskedDatabases, 'find' | 'open'> & {
  find(idOrName: string): ManagedRecord | undefined
  list(): ManagedRecord[]
  open(id: string): Promise<ManagedDatabase>
  addUpload(
    files: UploadedFile[],
    meta: { name: string; description: string; ownerId?: string; workspaceId?: string },
    signal?: AbortSignal,
  ): Promise<Added>
  replace(id: string, files: UploadedFile[], signal?: AbortSignal): Promise<Added>
  remove(id: string): Promise<boolean>
}

/** `personal` are columns that are shown, and that somebody may want to keep back. */
type Added = { record: ManagedRecord; warnings: string[]; personal: { table: string; column: string }[] }

/** What people do with databases, as every front end offers it. */
export function manageDatabases(databases: ManagedDatabases, sampleId: string | null): Conversation['databases'] {
  const known = (idOrName: string) => databases.find(idOrName)?.id ?? noSuchDatabase(idOrName)
  const open = async (idOrName: string) => databases.open(known(idOrName))
  // An outline says as much, and opening all that there are would push those being asked out of memory.
  const summary = async (id: string, asker: Asker) =>
    summariseDatabase(await databases.survey(id), asker, id === sampleId)
  const taken = async ({ record, warnings, personal }: Added, asker: Asker) => ({
    ...(await summary(record.id, asker)),
    warnings: [...warnings, ...aboutPersonal(personal)],
  })
  return {
    // One file that is gone must not hide the databases beside it.
    list: (asker) =>
      Promise.all(databases.list().map((record) => summary(record.id, asker).catch((error) => broken(record, error)))),
    async show(idOrName, asker) {
      const database = await open(idOrName)
      return viewDatabase(database, asker, database.record.id === sampleId)
    },
    async sampleRows(id, table, asker) {
      const database = await open(id)
      const found = database.schema.tables.find(({ name }) => name === table)
      const rows = await database.preview(table, { maxRows: SAMPLE_ROWS })
      const text = (value: SqlValue, at: number) =>
        formatValue(value, { ...asker, column: found?.columns.find(({ name }) => name === rows.columns[at]) })
      const shown = toTable({ ...rows, truncated: false }, { caption: `First rows of ${visibleText(table)}`, text })
      return fitTable(shown, replyLimits, asker.locale)
    },
    async add({ name, description, files, asker, workspaceId }, { signal } = {}) {
      const meta = { name, description, ownerId: asker.id, workspaceId }
      return taken(await databases.addUpload(files, meta, signal), asker)
    },
    replace: async (id, { files, asker }) => taken(await databases.replace(known(id), files), asker),
    async remove(id) {
      await databases.remove(known(id))
    },
  }
}

function broken({ id, name, description, source }: ManagedRecord, error: unknown): DatabaseSummary {
  const dataAge = `Cannot be asked: ${advised(error).message}`
  return { id, name, description, source, dataAge, tableCount: 0, examples: [] }
}

function aboutPersonal(columns: { table: string; column: string }[]): string[] {
  if (columns.length === 0) return []
  const names = columns.map(({ table, column }) => `${table}.${column}`)
  return [
    `These columns seem to hold personal data and are shown: ${names.join(', ')}. Keep them back with: rowbot databases hide NAME ${names.join(' ')}`,
  ]
}

function noSuchDatabase(name: string): never {
  throw new RowbotError({
    code: 'no-such-database',
    message: `There is no database called “${name}”.`,
    advice: 'Choose one of those that are registered: Databases in the console, or `rowbot databases list`.',
  })
}
