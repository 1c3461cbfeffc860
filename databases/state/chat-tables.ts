import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { databases, people, questions, workspaces } from './tables.ts'

/** Questions from chats on their way: the queue, and what is still to be sent. */
export const jobs = sqliteTable(
  'jobs',
  {
    /** Order of acceptance. */
    place: integer('place').primaryKey({ autoIncrement: true }),
    questionId: text('question_id')
      .notNull()
      .unique()
      .references(() => questions.id, { onDelete: 'cascade' }),
    /** Platform and its id of the event: what comes twice is asked once. */
    key: text('key').notNull().unique(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** Platform, workspace and channel, for turns and quotas. */
    channel: text('channel').notNull(),
    /** Channel and thread; '' outside of threads. */
    thread: text('thread').notNull(),
    /** JSON of where it was asked, as the chat's adapter said. */
    origin: text('origin').notNull(),
    /** What the adapter needs to answer through; deleted at the end. */
    handle: text('handle'),
    /** Id of the person's own message. */
    message: text('message'),
    onlyMe: integer('only_me', { mode: 'boolean' }).notNull(),
    /** JSON of the ids of databases that were chosen for it. */
    databases: text('databases', { mode: 'json' }).$type<string[] | null>(),
    /** The question whose SQL was edited, and the SQL. */
    edits: text('edits'),
    sql: text('sql'),
    state: text('state', { enum: ['waiting', 'running', 'choosing', 'ended', 'done'] }).notNull(),
    holder: text('holder'),
    leaseUntil: text('lease_until'),
    /** How often work on it began. */
    runs: integer('runs').notNull(),
    /** What its message is stamped with, written before it is sent. */
    stamp: text('stamp'),
    /** Its message, once it is known to be there. */
    posted: text('posted'),
    /** JSON of what is to be sent at the end, where that is not the answer itself. */
    ending: text('ending'),
    acceptedAt: text('accepted_at').notNull(),
  },
  (table) => [
    index('jobs_state').on(table.state, table.place),
    index('jobs_thread').on(table.thread, table.place),
    index('jobs_channel').on(table.channel, table.acceptedAt),
    index('jobs_person').on(table.personId, table.acceptedAt),
    index('jobs_posted').on(table.posted),
  ],
)

/** Which databases belong to a channel. */
export const bindings = sqliteTable(
  'bindings',
  {
    channel: text('channel').notNull(),
    databaseId: text('database_id')
      .notNull()
      .references(() => databases.id, { onDelete: 'cascade' }),
    boundAt: text('bound_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.channel, table.databaseId] })],
)

/** Who may ask a database, besides its owner. */
export const access = sqliteTable(
  'access',
  {
    databaseId: text('database_id')
      .notNull()
      .references(() => databases.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['person', 'group', 'channel', 'guests', 'strangers'] }).notNull(),
    /** Id of the person, group or channel; '' for the other kinds. */
    value: text('value').notNull(),
  },
  (table) => [primaryKey({ columns: [table.databaseId, table.kind, table.value] })],
)

/** What people have set for themselves. */
export const chatPeople = sqliteTable('chat_people', {
  personId: text('person_id')
    .primaryKey()
    .references(() => people.id, { onDelete: 'cascade' }),
  timeZone: text('time_zone'),
  locale: text('locale'),
  onlyMe: integer('only_me', { mode: 'boolean' }).notNull(),
})

/** Whose thumbs count as verification: each workspace trusts its own, whoever trusts the same person elsewhere. */
export const trustedPeople = sqliteTable(
  'trusted_people',
  {
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.personId] })],
)

/** How much may be asked in a day, and what is said once that is used up. */
export const quotas = sqliteTable(
  'quotas',
  {
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    scope: text('scope', { enum: ['person', 'channel'] }).notNull(),
    perDay: integer('per_day').notNull(),
    message: text('message').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.scope] })],
)

/** Workspaces that installed the bot, each with its encrypted tokens. */
export const installations = sqliteTable(
  'installations',
  {
    platform: text('platform').notNull(),
    workspace: text('workspace').notNull(),
    secret: text('secret').notNull(),
    installedAt: text('installed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.platform, table.workspace] })],
)
