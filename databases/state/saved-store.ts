import { and, desc, eq } from 'drizzle-orm'
import { savedQuestions } from './knowledge-tables.ts'
import type { StoreParts } from './store-parts.ts'
import { questions } from './tables.ts'

/** Questions that people keep at hand. */
export type SavedStore = {
  /** Newest first. */
  list(personId: string, limit: number): { id: string; text: string }[]
  has(personId: string, questionId: string): boolean
  save(personId: string, questionId: string): void
  remove(personId: string, questionId: string): void
}

export function createSavedStore({ db, guard, now }: StoreParts): SavedStore {
  const one = (personId: string, questionId: string) =>
    and(eq(savedQuestions.personId, personId), eq(savedQuestions.questionId, questionId))
  return {
    list: (personId, limit) =>
      guard(() =>
        db
          .select({ id: questions.id, text: questions.text })
          .from(savedQuestions)
          .innerJoin(questions, eq(questions.id, savedQuestions.questionId))
          .where(eq(savedQuestions.personId, personId))
          .orderBy(desc(savedQuestions.savedAt))
          .limit(limit)
          .all(),
      ),
    has: (personId, questionId) =>
      guard(() => db.select().from(savedQuestions).where(one(personId, questionId)).get() !== undefined),
    save: (personId, questionId) =>
      guard(() => {
        const row = { personId, questionId, savedAt: now().toISOString() }
        db.insert(savedQuestions).values(row).onConflictDoNothing().run()
      }),
    remove: (personId, questionId) =>
      guard(() => {
        db.delete(savedQuestions).where(one(personId, questionId)).run()
      }),
  }
}
