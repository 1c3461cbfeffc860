import type { State } from '#databases/state/open-state.ts'
import { makeOwnCase } from '#eval/own/make-own-case.ts'
import { createReviews, type ReviewParts, type Reviews } from '../conversation/reviews.ts'

/** The list of answers to look at over what is remembered; cases made from it are the evaluation's. */
export function openReviews(state: State, history: ReviewParts['history']): Reviews {
  return createReviews({
    memory: state,
    history,
    makeCase: (questionId, sql) => makeOwnCase(state, { questionId, accepted: [sql], unanswerable: false }),
  })
}
