import type { Rows } from '#core/answer.ts'
import type { Asker } from '#core/question.ts'
import type { Reply, ReplyAttempt, ReplyTable } from '../reply/reply.ts'

/**
 * The one behaviour behind every front end. A front end translates its platform's payload into these requests
 * and renders what comes back. Expected failures reject with an error that has `code`, `message` and `advice`.
 */
export type Conversation = {
  /**
   * Works on a question and says how it goes; the last update is the reply, and it has been saved by then.
   * A question that cannot be answered, was cancelled or took too long still ends in a reply; only what is broken throws.
   * The caller must read to the end: a front end that loses its reader goes on reading.
   */
  ask(request: AskRequest, options?: { signal?: AbortSignal }): AsyncIterable<Update>
  /** Runs SQL that a person has edited, through the same gate and limits, as a question of its own. */
  runEdited(request: EditedRequest, options?: { signal?: AbortSignal }): AsyncIterable<Update>
  /** Stops a question that is being worked on. False where there is none under way with this id. */
  cancel(questionId: string): boolean
  /** Remembers whether an answer was any good; null takes it back. */
  feedback(questionId: string, thumb: Thumb | null, asker: Asker): Promise<void>
  /** The rows of an answered question as they came from the database, for programs: raw values, bigint and blobs among them. */
  result(questionId: string, asker: Asker): Promise<Rows>
  /** Every row of an answered question as CSV, also those that the reply had to cut. */
  csv(questionId: string, asker: Asker): Promise<{ fileName: string; text: string }>
  history: {
    /** Newest first; `before` is the id of a question: only older ones. */
    list(filter: { asker: Asker; limit: number; before?: string; search?: string }): Promise<PastQuestion[]>
    /** Null where there is none with this id that this person may see. */
    get(questionId: string, asker: Asker): Promise<(PastQuestion & { reply: Reply | null }) | null>
    /** Really deletes. False where there was none. */
    remove(questionId: string, asker: Asker): Promise<boolean>
  }
  databases: {
    list(asker: Asker): Promise<DatabaseSummary[]>
    show(idOrName: string, asker: Asker): Promise<DatabaseView>
    /** A few rows of a table, formatted for this person. */
    sampleRows(id: string, table: string, asker: Asker): Promise<ReplyTable>
    /** Takes over the files, checks them and makes a database of them. The caller deletes its own copies afterwards. */
    add(upload: Upload, options?: { signal?: AbortSignal }): Promise<TakenIn>
    /** New data for a database that keeps its id, name and history. */
    replace(id: string, upload: Pick<Upload, 'files' | 'asker'>): Promise<TakenIn>
    remove(id: string, asker: Asker): Promise<void>
  }
}

export type AskRequest = {
  /** Chosen by the front end, unique for ever (a UUID): asking twice with the same id runs it once. */
  id: string
  text: string
  /** Ids or names of the databases in reach; none means all that the asker may ask. */
  databases: string[]
  asker: Asker
  /** Id of the question that this one follows up. */
  follows?: string
  /** True where it was saved when it was put into a queue, and its turn has come. */
  queued?: boolean
}

export type EditedRequest = {
  id: string
  sql: string
  /** Id of the question whose SQL was edited; it gives database and wording. */
  edits: string
  asker: Asker
  /** Whose question it was, where a front end lets others edit it; default: the asker's own. */
  editsOf?: string
  queued?: boolean
}

/** What can be watched. `reply` comes exactly once and last. */
export type Update =
  | { type: 'database'; id: string; name: string }
  | { type: 'tables'; tables: string[] }
  | { type: 'writing'; attempt: number; piece: string }
  | { type: 'running'; attempt: number; sql: string }
  | { type: 'attempt'; attempt: ReplyAttempt }
  | { type: 'reply'; reply: Reply }

export type Thumb = 'up' | 'down'

export type PastQuestion = {
  id: string
  text: string
  /** ISO time in UTC. */
  askedAt: string
  database: { id: string; name: string } | null
  status: 'working' | 'answered' | 'unanswered' | 'failed'
  /** The reply's first sentence; null while there is none. */
  headline: string | null
  thumb: Thumb | null
  /** Id of the question that this one follows up. */
  follows: string | null
}

export type DatabaseSummary = {
  id: string
  name: string
  description: string
  source: 'sample' | 'upload' | 'path'
  /** How old the data are, in words: "Data up to 14 Nov 2026". */
  dataAge: string
  tableCount: number
  /** Questions that this database can answer, for somebody who has never seen it. */
  examples: string[]
}

/** A database that was just added or given new data; `warnings` say what was changed, left out or kept back on the way. */
export type TakenIn = DatabaseSummary & { warnings: string[] }

export type DatabaseView = DatabaseSummary & {
  tables: TableView[]
  /** What could not be read and was left out, in words. */
  warnings: string[]
}

export type TableView = {
  name: string
  kind: 'table' | 'view'
  comment: string | null
  /** Null where counting was not possible. */
  rowCount: number | null
  columns: ColumnView[]
}

export type ColumnView = {
  name: string
  type: string
  notNull: boolean
  comment: string | null
  primaryKey: boolean
  unique: boolean
  /** Where the column points to; `guessed` where no key is declared but names and values say so. */
  references: { table: string; column: string; guessed: boolean } | null
}

/** Files on disk that a person has given: one database file or dump, or several CSV files that become one database. */
export type Upload = {
  name: string
  description: string
  files: { name: string; path: string }[]
  asker: Asker
  /** Whom it belongs to; default: this installation. */
  workspaceId?: string
}
