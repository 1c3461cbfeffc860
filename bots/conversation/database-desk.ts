import type { AskedDatabase, AskedDatabases } from '#core/asked-database.ts'
import { formatValue } from '#core/format/format-value.ts'
import type { Asker } from '#core/question.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import { fitTable } from '../reply/fit-table.ts'
import { replyLimits } from '../reply/to-reply.ts'
import { toTable } from '../reply/to-table.ts'
import type { Conversation, Upload } from './conversation.ts'
import { summariseDatabase, viewDatabase } from './view-database.ts'

type ManagedRecord = AskedDatabase['record'] & { source: 'upload' | 'path' }
type ManagedDatabase = AskedDatabase & { record: ManagedRecord }
type UploadedFile = Upload['files'][number]

/** Databases that can be asked, added and removed; the registry is one. */
export type ManagedDatabases = Omit<AskedDatabases, 'find' | 'open'> & {
  find(idOrName: string): ManagedRecord | undefined
  list(): ManagedRecord[]
  open(id: string): Promise<ManagedDatabase>
  addUpload(
    files: UploadedFile[],
    meta: { name: string; description: string; ownerId: string | null },
    options?: { signal?: AbortSignal },
  ): Promise<ManagedRecord>
  replace(id: string, files: UploadedFile[], options?: { signal?: AbortSignal }): Promise<ManagedRecord>
  remove(id: string): Promise<void>
}

const SAMPLE_ROWS = 5

/** What people do with databases, as every front end offers it. */
export function createDatabaseDesk(databases: ManagedDatabases, sampleId: string | null): Conversation['databases'] {
  const open = async (idOrName: string) => databases.open((databases.find(idOrName) ?? noSuchDatabase(idOrName)).id)
  const summary = async (idOrName: string, asker: Asker) => {
    const database = await open(idOrName)
    return summariseDatabase(database, asker, database.record.id === sampleId)
  }
  return {
    list: (asker) => Promise.all(databases.list().map(({ id }) => summary(id, asker))),
    async show(idOrName, asker) {
      const database = await open(idOrName)
      return viewDatabase(database, asker, database.record.id === sampleId)
    },
    async sampleRows(id, table, asker) {
      const { schema, run } = await open(id)
      if (!schema.tables.some(({ name }) => name === table)) throw noSuchTable(table)
      const { outcome } = await run(`SELECT * FROM "${table.replaceAll('"', '""')}" LIMIT ${SAMPLE_ROWS}`, {})
      if (outcome.kind !== 'rows') throw unreadableTable(table, outcome.message)
      const rows = { ...outcome, truncated: false }
      const text = (value: Parameters<typeof formatValue>[0], at: number) =>
        formatValue(value, rows.columns[at] ?? '', asker)
      return fitTable(toTable(rows, { caption: `First rows of ${table}`, text }), replyLimits, asker.locale)
    },
    async add({ name, description, files, asker }, { signal } = {}) {
      const { id } = await databases.addUpload(files, { name, description, ownerId: asker.id }, { signal })
      return summary(id, asker)
    },
    async replace(id, { files, asker }) {
      await databases.replace((databases.find(id) ?? noSuchDatabase(id)).id, files)
      return summary(id, asker)
    },
    async remove(id) {
      await databases.remove((databases.find(id) ?? noSuchDatabase(id)).id)
    },
  }
}

function noSuchDatabase(name: string): never {
  throw new RowbotError({
    code: 'no-such-database',
    message: `There is no database called “${name}”.`,
    advice: '`rowbot databases list` shows those that are registered.',
  })
}

function noSuchTable(name: string): RowbotError {
  return new RowbotError({
    code: 'no-such-table',
    message: `There is no table ${name} in this database.`,
    advice: 'Choose one of the tables that the page shows.',
  })
}

function unreadableTable(name: string, message: string): RowbotError {
  return new RowbotError({
    code: 'unreadable-table',
    message: `${name} cannot be read: ${message}`,
    advice: 'Look at another table.',
  })
}
