import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { DatabaseError } from '../database-error.ts'
import { fileFailure } from '../file-failure.ts'
import type { SensitiveColumn } from '../sandbox/executor.ts'
import { versionOf } from '../sandbox/readable-file.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import type { Schema } from '../schema/schema.ts'
import type { DatabaseRecord } from '../state/database-record.ts'
import type { IndexValuesArgs } from '../value-index/index-values.ts'
import { type BackgroundValues, createBackgroundValues, removeValues } from './background-values.ts'
import { createKeptOutlines, type KeptOutlines } from './kept-outlines.ts'
import { keptValues } from './kept-values.ts'
import { createOpenDatabase, type OpenDatabase, type SurveyedDatabase } from './open-database.ts'
import { sniffFile } from './sniff-file.ts'

/** Databases that are open: their schema read, their values indexed. Those asked least recently are let go. */
export type OpenedDatabases = {
  /** Opens a database, or brings the open one up to its file's present state. `fresh` reads it again in any case. */
  open(record: DatabaseRecord, options?: { fresh?: boolean }): Promise<OpenDatabase>
  /** What is known of a database, as it was when it was last open; opens it where nothing is known. */
  survey(record: DatabaseRecord): Promise<SurveyedDatabase>
  /** Reads a database's schema without opening it. */
  look(record: DatabaseRecord): Promise<Schema>
  /** All columns of a file's tables, the sensitive ones too. */
  listColumns(path: string): Promise<SensitiveColumn[]>
  /** Lets go of a database of which nobody was asked yet, its index on disk too. */
  discard(id: string): Promise<void>
  /** The same, and what others have kept of it. */
  forget(id: string): Promise<void>
  close(): Promise<void>
}

type Options = {
  sandbox: Sandbox
  /** Folder of the value indexes. */
  folder: string
  /** Folder of what is known of databases that are not open. */
  outlineFolder: string
  maxOpen: number
  introspectMs: number
  /**
   * How long opening a database for the first time waits for its value index, so that the first question has it where
   * it is small.
   */
  indexWaitMs: number
  indexBudget: IndexValuesArgs['budget']
  /** Forgets what others have kept of databases. */
  forgetElsewhere?: () => Promise<void>
}

type Entry = {
  values: BackgroundValues
  /** The file's state and the sensitive columns under which the schema was read. */
  state: string
  schema: Schema
  readAt: number
  readMs: number
}

export function createOpenedDatabases(given: Options): OpenedDatabases {
  const outlines = createKeptOutlines(given.outlineFolder)
  const options = { ...given, outlines }
  const entries = new Map<string, Entry>()
  /** By database; what is asked of one is done in turn. */
  const opening = new Map<string, { key: string; under: Promise<OpenDatabase> }>()
  const letGo = async (id: string) => {
    const entry = entries.get(id)
    entries.delete(id)
    await entry?.values.close()
  }
  const discard = async (id: string) => {
    // One that is being opened just now would come back otherwise.
    await Promise.allSettled([opening.get(id)?.under])
    await letGo(id)
    await removeValues(options.folder, ownerOf(id))
    await outlines.remove(ownerOf(id))
  }
  const open = async (record: DatabaseRecord, fresh: boolean) => {
    const before = entries.get(record.id)
    const entry = await bringUpToDate(options, record, fresh ? undefined : before, before?.values)
    if (before === undefined) await soon(entry.values.ready, options.indexWaitMs)
    entries.delete(record.id)
    entries.set(record.id, entry)
    const [oldest] = entries.keys()
    if (entries.size > options.maxOpen && oldest !== undefined) await letGo(oldest)
    const { schema, values } = entry
    return createOpenDatabase({ record: await dated(record), schema, values, sandbox: options.sandbox })
  }
  const openInTurn = (record: DatabaseRecord, fresh: boolean) => {
    const key = JSON.stringify([record, fresh])
    const before = opening.get(record.id)
    // Two questions at once on a database that is not open yet look at it once.
    if (before?.key === key) return before.under
    const turn = Promise.allSettled([before?.under])
    const under = turn.then(() => open(record, fresh))
    opening.set(record.id, { key, under })
    const done = () => {
      if (opening.get(record.id)?.under === under) opening.delete(record.id)
    }
    under.then(done, done)
    return under
  }
  return {
    open: async (record, { fresh = false } = {}) => openInTurn(record, fresh),
    survey: async (record) => {
      const schema = await outlines.find(ownerOf(record.id), record)
      const values = entries.get(record.id)?.values ?? keptValues(options.folder, ownerOf(record.id))
      return schema ? { record: await dated(record), schema, values } : openInTurn(record, false)
    },
    look: (record) => readSchema(options, record),
    listColumns: async (path) => {
      await refuseUnreadable(path)
      return options.sandbox.job('list-columns', { path }, { deadlineMs: options.introspectMs })
    },
    discard,
    forget: async (id) => {
      await discard(id)
      await options.forgetElsewhere?.()
    },
    close: async () => {
      await Promise.allSettled([...opening.values()].map(({ under }) => under))
      await Promise.all([...entries.keys()].map(letGo))
    },
  }
}

async function soon(ready: Promise<void>, waitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs)
  })
  await Promise.race([ready, enough])
  clearTimeout(timer)
}

// A twentieth of the time may go into reading the schema of a large file that changes all the time. Queries run on its
// present state in any case; only what is known of it lags.
const shareOfReading = 0.05
const quickMs = 2_000

async function bringUpToDate(
  options: Options & { outlines: KeptOutlines },
  record: DatabaseRecord,
  known: Entry | undefined,
  keptValues: BackgroundValues | undefined,
): Promise<Entry> {
  const version = fileVersion(record.path)
  const sensitive = JSON.stringify(record.sensitive)
  const state = `${record.path} ${version} ${sensitive}`
  if (known?.state === state) return known
  const isDear = known !== undefined && known.readMs > quickMs
  const isRecent = known !== undefined && Date.now() - known.readAt < known.readMs / shareOfReading
  const samePlace = known?.state.startsWith(`${record.path} `) && known.state.endsWith(` ${sensitive}`)
  if (isDear && isRecent && samePlace) return known
  const readAt = Date.now()
  const schema = await readSchema(options, record)
  await options.outlines.keep(ownerOf(record.id), record, schema)
  const values =
    keptValues ??
    createBackgroundValues({
      sandbox: options.sandbox,
      folder: options.folder,
      owner: ownerOf(record.id),
      budget: options.indexBudget,
    })
  values.follow({ path: record.path, version, schema })
  return { values, state, schema, readAt, readMs: Date.now() - readAt }
}

async function readSchema({ sandbox, introspectMs }: Options, record: DatabaseRecord): Promise<Schema> {
  await refuseUnreadable(record.path)
  const args = { path: record.path, sensitive: record.sensitive, budgetMs: introspectMs / 2 }
  for (const { rowsOf, warning } of looks) {
    try {
      const schema = await sandbox.job('introspect', { ...args, rowsOf }, { deadlineMs: introspectMs })
      return { ...schema, warnings: [...schema.warnings, ...warning] }
    } catch (error) {
      const tookTooMuch =
        error instanceof DatabaseError && ['timed-out', 'crashed', 'out-of-memory'].includes(error.code)
      if (!tookTooMuch || rowsOf === 'nothing') throw error
    }
  }
  throw new Error('the last look either succeeds or throws')
}

// A view can take for ever, and so can a large table on a slow disk. Less is known then, but questions can be asked.
const looks = [
  { rowsOf: 'tables and views', warning: [] },
  { rowsOf: 'tables', warning: ['The rows of the views were not looked at, because that took too long.'] },
  { rowsOf: 'nothing', warning: ['No rows were looked at, because that took too long: typical values are not known.'] },
] as const

async function refuseUnreadable(path: string): Promise<void> {
  const kind = await sniffFile(path, path)
  if (kind === 'sqlite') return
  throw new DatabaseError({
    code: 'file-not-database',
    message: `${path} is not a SQLite database.`,
    advice: 'Tables and dumps cannot be read in place: upload them.',
  })
}

function fileVersion(path: string): string {
  return createHash('sha256').update(versionOf(path)).digest('hex').slice(0, 16)
}

/** What the names of a database's index files begin with. */
function ownerOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 16)
}

/** A file that is read in place is as old as its last change. */
async function dated(record: DatabaseRecord): Promise<DatabaseRecord> {
  return record.source === 'path' ? { ...record, dataAsOf: await modifiedAt(record.path) } : record
}

async function modifiedAt(path: string): Promise<string> {
  try {
    const main = await stat(path)
    const log = await stat(`${path}-wal`).catch(() => undefined)
    return new Date(Math.max(main.mtimeMs, log?.size ? log.mtimeMs : 0)).toISOString()
  } catch (error) {
    throw fileFailure(error, path)
  }
}
