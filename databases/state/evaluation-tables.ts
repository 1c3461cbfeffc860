import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { KeptTrace } from './question-record.ts'
import { databases, people } from './tables.ts'

/** Questions with their gold SQL as the runs of the evaluation asked them, by a hash of what they say. */
export const evaluationCases = sqliteTable('evaluation_cases', {
  hash: text('hash').primaryKey(),
  caseId: text('case_id').notNull(),
  database: text('database').notNull(),
  question: text('question').notNull(),
  gold: text('gold').notNull(),
  hardness: text('hardness'),
  /** Where the case is one of our own: it goes when that one goes. */
  ownCaseId: text('own_case_id').references(() => evaluationOwnCases.id, { onDelete: 'cascade' }),
})

/** Cases of one's own, made of answers that people got. */
export const evaluationOwnCases = sqliteTable(
  'evaluation_own_cases',
  {
    id: text('id').primaryKey(),
    databaseId: text('database_id')
      .notNull()
      .references(() => databases.id, { onDelete: 'cascade' }),
    question: text('question').notNull(),
    /** JSON of the earlier turn, where the question is a follow-up. */
    follows: text('follows', { mode: 'json' }).$type<{ question: string; sql: string } | null>(),
    /** Queries whose result is right; none means that there is no answer. */
    accepted: text('accepted', { mode: 'json' }).$type<string[]>().notNull(),
    fromQuestionId: text('from_question_id').unique(),
    /** Who had asked: forgetting this person forgets the case. */
    askerId: text('asker_id').references(() => people.id, { onDelete: 'cascade' }),
    /** The moment from which "last week" counts. */
    askedAt: text('asked_at').notNull(),
    addedAt: text('added_at').notNull(),
  },
  (table) => [index('evaluation_own_cases_asker').on(table.askerId)],
)

export const evaluationRuns = sqliteTable(
  'evaluation_runs',
  {
    place: integer('place').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    /** Runs that were started together, to be compared. */
    groupId: text('group_id').notNull(),
    kind: text('kind', { enum: ['manual', 'nightly', 'check'] }).notNull(),
    dataset: text('dataset').notNull(),
    label: text('label').notNull(),
    /** JSON of everything that is needed to repeat the run. */
    setup: text('setup', { mode: 'json' }).$type<unknown>().notNull(),
    status: text('status', { enum: ['running', 'finished', 'stopped', 'failed'] }).notNull(),
    failure: text('failure', { mode: 'json' }).$type<{ code: string; message: string; advice: string } | null>(),
    planned: integer('planned').notNull(),
    /** The run that later ones are compared with. */
    pinned: integer('pinned', { mode: 'boolean' }).notNull().default(false),
    /** The process that works on it, until when nobody else may. */
    holder: text('holder'),
    heldUntil: text('held_until'),
    startedAt: text('started_at').notNull(),
    finishedAt: text('finished_at'),
    /** Time worked on it, interruptions not counted. */
    workedMs: real('worked_ms').notNull().default(0),
  },
  (table) => [index('evaluation_runs_group').on(table.groupId), index('evaluation_runs_dataset').on(table.dataset)],
)

/** One row for every case of a run from its start; those without a verdict are still to be asked. */
export const evaluationResults = sqliteTable(
  'evaluation_results',
  {
    runId: text('run_id')
      .notNull()
      .references(() => evaluationRuns.id, { onDelete: 'cascade' }),
    ordinal: integer('ordinal').notNull(),
    caseHash: text('case_hash')
      .notNull()
      .references(() => evaluationCases.hash, { onDelete: 'cascade' }),
    verdict: text('verdict', { enum: ['right', 'wrong', 'crashed', 'timed-out', 'unanswered', 'gold-failed'] }),
    /** Right on all distilled databases too; null where that was not asked. */
    suiteRight: integer('suite_right', { mode: 'boolean' }),
    sql: text('sql'),
    message: text('message'),
    fault: text('fault'),
    /** Whether the first query was right as the model wrote it, and as it was made to fit; null where there was none. */
    writtenRight: integer('written_right', { mode: 'boolean' }),
    fittedRight: integer('fitted_right', { mode: 'boolean' }),
    /** Which kind of attempt was chosen. */
    origin: text('origin'),
    ms: real('ms'),
    tokens: integer('tokens'),
    generatingMs: real('generating_ms'),
    trace: text('trace', { mode: 'json' }).$type<KeptTrace | null>(),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.ordinal] }),
    index('evaluation_results_case').on(table.caseHash),
  ],
)

/** One row for every night of the nightly run; who inserts it has the night. */
export const evaluationNights = sqliteTable('evaluation_nights', {
  /** Local date of the night, in the time zone of the schedule. */
  night: text('night').primaryKey(),
  runId: text('run_id').references(() => evaluationRuns.id, { onDelete: 'set null' }),
  status: text('status', { enum: ['running', 'done', 'failed', 'missed'] }).notNull(),
  /** Why it failed, in words. */
  failure: text('failure'),
  holder: text('holder'),
  heldUntil: text('held_until'),
  startedAt: text('started_at').notNull(),
  finishedAt: text('finished_at'),
})

/** One row for every post about a night: who inserts it may send it. */
export const evaluationPosts = sqliteTable(
  'evaluation_posts',
  {
    night: text('night')
      .notNull()
      .references(() => evaluationNights.night, { onDelete: 'cascade' }),
    channel: text('channel').notNull(),
    status: text('status', { enum: ['sending', 'sent', 'failed'] }).notNull(),
    message: text('message'),
    at: text('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.night, table.channel] })],
)
