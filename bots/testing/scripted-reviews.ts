import type { Review, Reviews } from '../conversation/reviews.ts'

export type ScriptedReviews = Reviews & {
  waiting: Review[]
  /** What was made a case, with its SQL. */
  cases: [string, string][]
}

/** A review list that is kept in memory. */
export function scriptReviews(waiting: Review[] = []): ScriptedReviews {
  const cases: ScriptedReviews['cases'] = []
  const settle = (questionId: string) => {
    const at = waiting.findIndex((review) => review.questionId === questionId)
    if (at >= 0) waiting.splice(at, 1)
  }
  return {
    waiting,
    cases,
    list: async () => [...waiting],
    settle,
    makeCase(questionId, sql) {
      cases.push([questionId, sql])
      settle(questionId)
    },
  }
}
