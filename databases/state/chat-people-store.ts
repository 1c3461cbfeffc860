import { and, asc, eq } from 'drizzle-orm'
import { union } from 'drizzle-orm/sqlite-core'
import { chatPeople, quotas, trustedPeople } from './chat-tables.ts'
import { IMMEDIATE } from './immediate.ts'
import type { People } from './people.ts'
import type { StoreParts } from './store-parts.ts'
import { databases, people as peopleTable, questions } from './tables.ts'

/** What a person has set. Null: as the platform or the settings say. */
export type ChatPersonSettings = { timeZone: string | null; locale: string | null; onlyMe: boolean }

/** How many questions a person or a channel may ask in a day; `message` is the administrator's own, '' for ours. */
export type Quota = { scope: 'person' | 'channel'; perDay: number; message: string }

/** Settings of people in chats, and limits of their workspaces. */
export type ChatPeopleStore = {
  settings(personId: string): ChatPersonSettings
  set(person: { id: string; workspaceId: string }, changes: Partial<ChatPersonSettings>): void
  /** Ids of the people whom a workspace trusts. */
  trusted(workspaceId: string): string[]
  /** Trusts these and nobody else in a workspace; what other workspaces say stays. */
  setTrusted(workspaceId: string, personIds: string[]): void
  /** Everybody who was seen in a workspace, by name. */
  members(workspaceId: string): { id: string; name: string }[]
  /** The name under which they were last seen. */
  name(personId: string): string | null
  /** Ids of the workspaces in which, or of whose databases, a person has asked something. */
  workspacesOf(personId: string): string[]
  quotas(workspaceId: string): Quota[]
  /** Null takes the limit away. */
  setQuota(workspaceId: string, scope: Quota['scope'], quota: Pick<Quota, 'perDay' | 'message'> | null): void
}

type Parts = Pick<StoreParts, 'db' | 'guard'> & { people: People }

const NOTHING_SET: ChatPersonSettings = { timeZone: null, locale: null, onlyMe: false }

export function createChatPeopleStore({ db, guard, people }: Parts): ChatPeopleStore {
  const settings = (personId: string): ChatPersonSettings => {
    const row = db.select().from(chatPeople).where(eq(chatPeople.personId, personId)).get()
    if (!row) return NOTHING_SET
    const { personId: _, ...set } = row
    return set
  }
  return {
    settings: (personId) => guard(() => settings(personId)),
    set: (person, changes) =>
      guard(() =>
        db.transaction((tx) => {
          people.ensurePerson(person)
          const changed = { ...settings(person.id), ...changes }
          tx.insert(chatPeople)
            .values({ personId: person.id, ...changed })
            .onConflictDoUpdate({ target: chatPeople.personId, set: changed })
            .run()
        }, IMMEDIATE),
      ),
    trusted: (workspaceId) =>
      guard(() =>
        db
          .select({ id: trustedPeople.personId })
          .from(trustedPeople)
          .where(eq(trustedPeople.workspaceId, workspaceId))
          .orderBy(asc(trustedPeople.personId))
          .all()
          .map(({ id }) => id),
      ),
    setTrusted: (workspaceId, personIds) =>
      guard(() =>
        db.transaction((tx) => {
          people.ensureWorkspace({ id: workspaceId })
          for (const id of personIds) people.ensurePerson({ id, workspaceId })
          tx.delete(trustedPeople).where(eq(trustedPeople.workspaceId, workspaceId)).run()
          const rows = personIds.map((personId) => ({ workspaceId, personId }))
          if (rows.length > 0) tx.insert(trustedPeople).values(rows).onConflictDoNothing().run()
        }, IMMEDIATE),
      ),
    members: (workspaceId) =>
      guard(() =>
        db
          .select({ id: peopleTable.id, name: peopleTable.name })
          .from(peopleTable)
          .where(eq(peopleTable.workspaceId, workspaceId))
          .orderBy(asc(peopleTable.name), asc(peopleTable.id))
          .all(),
      ),
    name: (personId) =>
      guard(() => db.select().from(peopleTable).where(eq(peopleTable.id, personId)).get()?.name || null),
    workspacesOf: (personId) =>
      guard(() => {
        const own = eq(questions.askerId, personId)
        const there = db.select({ id: questions.workspaceId }).from(questions).where(own)
        const theirs = db
          .select({ id: databases.workspaceId })
          .from(questions)
          .innerJoin(databases, eq(databases.id, questions.databaseId))
          .where(own)
        return union(there, theirs)
          .all()
          .map(({ id }) => id)
      }),
    quotas: (workspaceId) =>
      guard(() =>
        db
          .select({ scope: quotas.scope, perDay: quotas.perDay, message: quotas.message })
          .from(quotas)
          .where(eq(quotas.workspaceId, workspaceId))
          .all(),
      ),
    setQuota: (workspaceId, scope, quota) =>
      guard(() =>
        db.transaction((tx) => {
          people.ensureWorkspace({ id: workspaceId })
          tx.delete(quotas)
            .where(and(eq(quotas.workspaceId, workspaceId), eq(quotas.scope, scope)))
            .run()
          if (quota)
            tx.insert(quotas)
              .values({ workspaceId, scope, ...quota })
              .run()
        }, IMMEDIATE),
      ),
  }
}
