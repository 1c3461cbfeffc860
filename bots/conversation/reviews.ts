import type { ReviewMemory } from '#core/chat-memory.ts'
import type { Asker } from '#core/question.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import type { Reply } from '../reply/reply.ts'
import type { Conversation } from './conversation.ts'

/** An answer that somebody found wrong, with everything that was tried. */
export type Review = {
  questionId: string
  text: string
  /** Who found it wrong, as far as they are known by name. */
  by: string
  comment: string
  /** ISO time in UTC. */
  givenAt: string
  reply: Reply | null
}

/** Answers with a thumb down that nobody has dealt with yet. */
export type Reviews = {
  /** Newest first. */
  list(asker: Asker): Promise<Review[]>
  /** Takes it off the list. */
  settle(questionId: string): void
  /** Makes it a case of one's own for the evaluation, with the SQL that is right; takes it off the list. */
  makeCase(questionId: string, sql: string): void
}

const MOST_LISTED = 50

export type ReviewParts = {
  memory: ReviewMemory
  history: Pick<Conversation['history'], 'get'>
  /** Makes a question a case of the evaluation, with the SQL that is right. */
  makeCase: Reviews['makeCase']
}

/** The review list over what is remembered. It is for whoever runs this installation: answers of everybody are on it. */
export function createReviews({ memory, history, makeCase }: ReviewParts): Reviews {
  return {
    list: (asker) =>
      Promise.all(
        memory.reviews.list(MOST_LISTED).map(async ({ personId, ...review }) => {
          const askerId = memory.questions.get(review.questionId)?.askerId ?? asker.id
          const past = await history.get(review.questionId, { ...asker, id: askerId })
          return { ...review, by: memory.chatPeople.name(personId) ?? personId, reply: past?.reply ?? null }
        }),
      ),
    settle: (questionId) => memory.reviews.settle(known(memory, questionId).id),
    makeCase(questionId, sql) {
      if (sql.trim() === '') throw noSql()
      makeCase(known(memory, questionId).id, sql.trim())
      memory.reviews.settle(questionId)
    },
  }
}

function known(memory: ReviewMemory, questionId: string) {
  const question = memory.questions.get(questionId)
  if (question) return question
  throw new RowbotError({
    code: 'no-such-question',
    message: 'This question is not known (any more).',
    advice: 'Look at the list again.',
  })
}

function noSql(): RowbotError {
  return new RowbotError({
    code: 'bad-request',
    message: 'A case needs the SQL that would be right.',
    advice: 'Write it, then try again.',
  })
}
