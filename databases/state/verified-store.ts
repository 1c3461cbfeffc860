import { and, desc, eq } from 'drizzle-orm'
import { verifiedAnswers } from './knowledge-tables.ts'
import type { StoreParts } from './store-parts.ts'

/** An answer that a trusted person found right; `periods` are those of the question, with the dates that the SQL was written for. */
export type VerifiedAnswer = typeof verifiedAnswers.$inferSelect

/** Verified answers per database, one for each question. */
export type VerifiedStore = {
  find(databaseId: string, normal: string): VerifiedAnswer | undefined
  /** Newest first. */
  list(databaseId: string, limit: number): VerifiedAnswer[]
  put(answer: Omit<VerifiedAnswer, 'verifiedAt'>): void
  /** Takes back what came from this question. False where there was nothing. */
  remove(questionId: string): boolean
}

export function createVerifiedStore({ db, guard, now }: StoreParts): VerifiedStore {
  return {
    find: (databaseId, normal) =>
      guard(() =>
        db
          .select()
          .from(verifiedAnswers)
          .where(and(eq(verifiedAnswers.databaseId, databaseId), eq(verifiedAnswers.normal, normal)))
          .get(),
      ),
    list: (databaseId, limit) =>
      guard(() =>
        db
          .select()
          .from(verifiedAnswers)
          .where(eq(verifiedAnswers.databaseId, databaseId))
          .orderBy(desc(verifiedAnswers.verifiedAt))
          .limit(limit)
          .all(),
      ),
    put: (answer) =>
      guard(() => {
        const row = { ...answer, verifiedAt: now().toISOString() }
        db.insert(verifiedAnswers)
          .values(row)
          .onConflictDoUpdate({ target: [verifiedAnswers.databaseId, verifiedAnswers.normal], set: row })
          .run()
      }),
    remove: (questionId) =>
      guard(() => db.delete(verifiedAnswers).where(eq(verifiedAnswers.questionId, questionId)).run().changes > 0),
  }
}
