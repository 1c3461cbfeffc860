import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { databases, nameText, people, questions } from './tables.ts'

/** What words mean in a database: "revenue is net of returns". */
export const glossary = sqliteTable(
  'glossary',
  {
    id: text('id').primaryKey(),
    databaseId: text('database_id')
      .notNull()
      .references(() => databases.id, { onDelete: 'cascade' }),
    term: nameText('term').notNull(),
    meaning: text('meaning').notNull(),
    addedBy: text('added_by').references(() => people.id, { onDelete: 'set null' }),
    addedAt: text('added_at').notNull(),
  },
  (table) => [uniqueIndex('glossary_term').on(table.databaseId, table.term)],
)

/** Answers that a trusted person found right. */
export const verifiedAnswers = sqliteTable(
  'verified_answers',
  {
    databaseId: text('database_id')
      .notNull()
      .references(() => databases.id, { onDelete: 'cascade' }),
    /** The question, made equal where only spelling differs. */
    normal: text('normal').notNull(),
    question: text('question').notNull(),
    sql: text('sql').notNull(),
    /** JSON of the periods that the question named, with the dates that the SQL was written for. */
    periods: text('periods', { mode: 'json' }).$type<{ text: string; start: string; end: string }[]>().notNull(),
    questionId: text('question_id').notNull(),
    askedBy: text('asked_by').references(() => people.id, { onDelete: 'cascade' }),
    verifiedBy: text('verified_by').references(() => people.id, { onDelete: 'set null' }),
    verifiedAt: text('verified_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.databaseId, table.normal] }),
    index('verified_answers_question').on(table.questionId),
  ],
)

/** Questions that people keep at hand. */
export const savedQuestions = sqliteTable(
  'saved_questions',
  {
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    questionId: text('question_id')
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    savedAt: text('saved_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.questionId] })],
)

/** Answers that somebody found wrong and somebody else has dealt with. */
export const reviews = sqliteTable('reviews', {
  questionId: text('question_id')
    .primaryKey()
    .references(() => questions.id, { onDelete: 'cascade' }),
  settledAt: text('settled_at').notNull(),
})

/** Who got what out of which database. Not tied to questions: it outlives what a person deletes of their own history. */
export const audit = sqliteTable(
  'audit',
  {
    place: integer('place').primaryKey({ autoIncrement: true }),
    at: text('at').notNull(),
    workspaceId: text('workspace_id').notNull(),
    personId: text('person_id').notNull(),
    action: text('action').notNull(),
    /** The channel, or how else it was asked. */
    channel: text('channel').notNull(),
    database: text('database').notNull(),
    sql: text('sql').notNull(),
    /** Rows that left; null where none could. */
    rowCount: integer('row_count'),
    detail: text('detail').notNull().default(sql`''`),
  },
  (table) => [index('audit_at').on(table.at), index('audit_person').on(table.personId)],
)
