import { sql } from 'drizzle-orm'
import { customType, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** Text that is equal whatever its case, as people type names. */
export const nameText = customType<{ data: string }>({ dataType: () => 'text collate nocase' })

/** A Slack workspace, a Discord server, or the one that is this installation. */
export const workspaces = sqliteTable('workspaces', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  addedAt: text('added_at').notNull(),
})

export const people = sqliteTable(
  'people',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    addedAt: text('added_at').notNull(),
  },
  (table) => [index('people_workspace').on(table.workspaceId)],
)

export const databases = sqliteTable(
  'databases',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    name: nameText('name').notNull(),
    description: text('description').notNull(),
    source: text('source', { enum: ['upload', 'path'] }).notNull(),
    path: text('path').notNull(),
    contentHash: text('content_hash'),
    ownerId: text('owner_id').references(() => people.id, { onDelete: 'set null' }),
    sensitive: text('sensitive', { mode: 'json' }).$type<{ table: string; column: string }[]>().notNull(),
    addedAt: text('added_at').notNull(),
    dataAsOf: text('data_as_of').notNull(),
  },
  (table) => [uniqueIndex('databases_name').on(table.workspaceId, table.name)],
)

export const questions = sqliteTable(
  'questions',
  {
    /** Order of acceptance: times may be equal. */
    place: integer('place').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    askerId: text('asker_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    databaseId: text('database_id').references(() => databases.id, { onDelete: 'set null' }),
    text: text('text').notNull(),
    /** JSON of the earlier turn, where this is a follow-up. */
    follows: text('follows'),
    status: text('status', { enum: ['accepted', 'answered', 'unanswered', 'failed', 'interrupted'] }).notNull(),
    /** Kept JSON (kept-json.ts) of the answer, without its trace. */
    answer: text('answer'),
    /** JSON of what the trace says beside its attempts. */
    trace: text('trace'),
    /** JSON of code, message and advice, where the question failed. */
    failure: text('failure'),
    /** Rows that the answer had when it was given; fewer may be kept. */
    rowCount: integer('row_count'),
    acceptedAt: text('accepted_at').notNull(),
    finishedAt: text('finished_at'),
  },
  (table) => [
    index('questions_database').on(table.databaseId, table.place),
    index('questions_asker').on(table.askerId, table.place),
    index('questions_workspace').on(table.workspaceId, table.place),
    index('questions_unfinished').on(table.place).where(sql`status = 'accepted'`),
    index('questions_accepted_at').on(table.acceptedAt),
  ],
)

export const attempts = sqliteTable(
  'attempts',
  {
    questionId: text('question_id')
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    ordinal: integer('ordinal').notNull(),
    sql: text('sql').notNull(),
    origin: text('origin').notNull(),
    logProb: real('log_prob'),
    outcome: text('outcome', { enum: ['rows', 'refused', 'rejected', 'timed-out', 'crashed'] }).notNull(),
    message: text('message'),
    rowCount: integer('row_count'),
    truncated: integer('truncated', { mode: 'boolean' }).notNull(),
    notes: text('notes', { mode: 'json' }).$type<string[]>().notNull(),
    ms: real('ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.questionId, table.ordinal] })],
)

export const feedback = sqliteTable(
  'feedback',
  {
    questionId: text('question_id')
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    verdict: text('verdict', { enum: ['up', 'down'] }).notNull(),
    comment: text('comment').notNull(),
    givenAt: text('given_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.questionId, table.personId] }), index('feedback_person').on(table.personId)],
)

/** What the program notes for itself, such as work that must be finished at the next start. */
export const marks = sqliteTable('marks', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})
