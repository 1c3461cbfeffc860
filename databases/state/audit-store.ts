import { and, asc, desc, eq, gte, type SQL } from 'drizzle-orm'
import { audit } from './knowledge-tables.ts'
import type { StoreParts } from './store-parts.ts'

/** One line of the audit log: who did what, which SQL ran, how many rows left, and where they went. */
export type AuditEntry = Omit<typeof audit.$inferSelect, 'place'>

/** Who got what out of which database. */
export type AuditStore = {
  write(entry: Omit<AuditEntry, 'at'>): void
  /** The last ones, newest first; all workspaces' where none is given. */
  last(filter: { workspaceId?: string; limit: number }): AuditEntry[]
  /** All since then, oldest first. */
  since(since: Date, filter?: { workspaceId?: string }): AuditEntry[]
}

export function createAuditStore({ db, guard, now }: StoreParts): AuditStore {
  const of = (workspaceId?: string) => (workspaceId === undefined ? undefined : eq(audit.workspaceId, workspaceId))
  const read = (which: SQL | undefined) => db.select().from(audit).where(which)
  const plain = ({ place: _, ...entry }: typeof audit.$inferSelect): AuditEntry => entry
  return {
    write: (entry) =>
      guard(
        () =>
          void db
            .insert(audit)
            .values({ ...entry, at: now().toISOString() })
            .run(),
      ),
    last: ({ workspaceId, limit }) =>
      guard(() => read(of(workspaceId)).orderBy(desc(audit.place)).limit(limit).all().map(plain)),
    since: (since, { workspaceId } = {}) =>
      guard(() =>
        read(and(of(workspaceId), gte(audit.at, since.toISOString())))
          .orderBy(asc(audit.place))
          .all()
          .map(plain),
      ),
  }
}
