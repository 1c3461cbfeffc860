import type { DatabaseRecord } from '#databases/state/database-record.ts'
import type { State } from '#databases/state/open-state.ts'

export type { AccessRules } from '#databases/state/access-store.ts'
export type { AuditEntry } from '#databases/state/audit-store.ts'
export type { Quota } from '#databases/state/chat-people-store.ts'
export type { Job, NewJob } from '#databases/state/job-store.ts'

/** What Rowbot remembers for chats: parts of the state, as the front ends may see it. */
export type ChatMemory = Pick<
  State,
  | 'questions'
  | 'jobs'
  | 'access'
  | 'chatPeople'
  | 'audit'
  | 'glossary'
  | 'verified'
  | 'saved'
  | 'installations'
  | 'people'
  | 'workspaces'
>

/** A database as it is registered, whoever may ask it. */
export type RegisteredDatabase = Pick<DatabaseRecord, 'id' | 'name' | 'description' | 'workspaceId' | 'ownerId'>

/** What the list of answers to look at works with. */
export type ReviewMemory = Pick<State, 'questions' | 'reviews' | 'chatPeople'>
