import { and, desc, eq, isNull } from 'drizzle-orm'
import { reviews } from './knowledge-tables.ts'
import type { StoreParts } from './store-parts.ts'
import { feedback, questions } from './tables.ts'

/** An answer that somebody found wrong. */
export type ToReview = { questionId: string; text: string; givenAt: string; personId: string; comment: string }

/** Answers with a thumb down that nobody has dealt with yet. */
export type ReviewStore = {
  /** Newest first. */
  list(limit: number): ToReview[]
  settle(questionId: string): void
}

export function createReviewStore({ db, guard, now }: StoreParts): ReviewStore {
  const { questionId, personId, comment, givenAt } = feedback
  return {
    list: (limit) =>
      guard(() =>
        db
          .select({ questionId, text: questions.text, givenAt, personId, comment })
          .from(feedback)
          .innerJoin(questions, eq(questions.id, feedback.questionId))
          .leftJoin(reviews, eq(reviews.questionId, feedback.questionId))
          .where(and(eq(feedback.verdict, 'down'), isNull(reviews.questionId)))
          .orderBy(desc(feedback.givenAt))
          .limit(limit)
          .all(),
      ),
    settle: (id) =>
      guard(() => {
        db.insert(reviews).values({ questionId: id, settledAt: now().toISOString() }).onConflictDoNothing().run()
      }),
  }
}
