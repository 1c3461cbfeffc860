import { asc, eq } from 'drizzle-orm'
import type { OwnCase } from './evaluation-record.ts'
import { evaluationOwnCases as ownCases } from './evaluation-tables.ts'
import type { StoreParts } from './store-parts.ts'

/** Cases of one's own for the evaluation. */
export type OwnCaseStore = {
  /** False where the question that it comes from is a case already. */
  add(one: Omit<OwnCase, 'addedAt'>): boolean
  /** Oldest first. */
  list(): OwnCase[]
  remove(id: string): boolean
}

export function createOwnCaseStore({ db, guard, now }: StoreParts): OwnCaseStore {
  return {
    add: (one) =>
      guard(() => {
        const row = { ...one, addedAt: now().toISOString() }
        return db.insert(ownCases).values(row).onConflictDoNothing().run().changes > 0
      }),
    list: () => guard(() => db.select().from(ownCases).orderBy(asc(ownCases.addedAt), asc(ownCases.id)).all()),
    remove: (id) => guard(() => db.delete(ownCases).where(eq(ownCases.id, id)).run().changes > 0),
  }
}
