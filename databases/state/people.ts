import { asc, eq } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { people, workspaces } from './tables.ts'

/** Where people belong: a Slack workspace, a Discord server, or this installation. */
export type Workspace = { id: string; name: string; addedAt: string }

export type Person = { id: string; workspaceId: string; name: string; addedAt: string }

/** People and workspaces come into being when they are first mentioned. */
export type People = {
  /** Adds the workspace, or gives it its new name. */
  ensureWorkspace(workspace: { id: string; name?: string }): Workspace
  /** Adds the person, or gives them their new name. Ids are unique over all workspaces; a person stays in the first one. */
  ensurePerson(person: { id: string; workspaceId: string; name?: string }): Person
  /** By id. */
  workspaces(): Workspace[]
  /** The workspace, and the person unless the id is null. */
  ensureBoth(person: { id: string | null; workspaceId: string }): void
}

export function createPeople({ db, now }: { db: BetterSQLite3Database; now: () => Date }): People {
  const ensureWorkspace: People['ensureWorkspace'] = ({ id, name }) => {
    db.insert(workspaces)
      .values({ id, name: name ?? '', addedAt: now().toISOString() })
      .onConflictDoNothing()
      .run()
    if (name !== undefined) db.update(workspaces).set({ name }).where(eq(workspaces.id, id)).run()
    return found(db.select().from(workspaces).where(eq(workspaces.id, id)).get())
  }
  const ensurePerson: People['ensurePerson'] = ({ id, workspaceId, name }) => {
    ensureWorkspace({ id: workspaceId })
    db.insert(people)
      .values({ id, workspaceId, name: name ?? '', addedAt: now().toISOString() })
      .onConflictDoNothing()
      .run()
    if (name !== undefined) db.update(people).set({ name }).where(eq(people.id, id)).run()
    return found(db.select().from(people).where(eq(people.id, id)).get())
  }
  return {
    ensureWorkspace,
    ensurePerson,
    workspaces: () => db.select().from(workspaces).orderBy(asc(workspaces.id)).all(),
    ensureBoth: ({ id, workspaceId }) => {
      if (id === null) ensureWorkspace({ id: workspaceId })
      else ensurePerson({ id, workspaceId })
    },
  }
}

function found<T>(row: T | undefined): T {
  if (row === undefined) throw new Error('a row that was just written is not there')
  return row
}
