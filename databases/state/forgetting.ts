import { and, eq, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { access } from './chat-tables.ts'
import type { Erase, Erasing } from './erase.ts'
import { audit, verifiedAnswers } from './knowledge-tables.ts'
import type { Guard } from './state-error.ts'
import { people, questions } from './tables.ts'

/** Deletion that leaves no byte behind (erase.ts); backups that were made before still hold what they held. */
export type Forgetting = {
  /** Deletes questions that were accepted longer ago than this, with answers, traces, feedback and quotes, and lines of the audit log. */
  prune(age: { olderThanDays: number; now: Date }): Forgotten
  /** Deletes one question with its answer, trace and feedback, its verified answer, and what follow-ups quote of it. */
  forgetQuestion(id: string): Forgotten
  /**
   * Deletes a person with all their questions, answers, traces and feedback, and what others' follow-ups quote of them. The audit log
   * still says that somebody asked, but neither who nor what.
   */
  forget(personId: string): Forgotten
}

/** `scrubbed` is false where traces in the file are overwritten only at the next deletion or start, since the file is in use. */
export type Forgotten = { questions: number; scrubbed: boolean }

export function createForgetting({ guard, erase }: { guard: Guard; erase: Erase }): Forgetting {
  return {
    prune: ({ olderThanDays, now }) =>
      guard(() => {
        const oldest = new Date(now.getTime() - olderThanDays * DAY_MS).toISOString()
        let count = 0
        const { scrubbed } = erase((tx) => {
          count = removeQuestions(tx, lt(questions.acceptedAt, oldest))
          return count + tx.delete(audit).where(lt(audit.at, oldest)).run().changes
        })
        return { questions: count, scrubbed }
      }),
    forgetQuestion: (id) =>
      guard(() => {
        const { result, scrubbed } = erase((tx) => {
          tx.delete(verifiedAnswers).where(eq(verifiedAnswers.questionId, id)).run()
          return removeQuestions(tx, eq(questions.id, id))
        })
        return { questions: result, scrubbed }
      }),
    forget: (personId) =>
      guard(() => {
        let count = 0
        const { scrubbed } = erase((tx) => {
          count = removeQuestions(tx, eq(questions.askerId, personId))
          tx.delete(access)
            .where(and(eq(access.kind, 'person'), eq(access.value, personId)))
            .run()
          const blank = { personId: '', sql: '', detail: '' }
          const lines = tx.update(audit).set(blank).where(eq(audit.personId, personId)).run().changes
          return count + lines + tx.delete(people).where(eq(people.id, personId)).run().changes
        })
        return { questions: count, scrubbed }
      }),
  }
}

/** Deletes questions with answers, traces and feedback, and what follow-ups quote of them. Gives their number. */
export function removeQuestions(tx: Erasing, which: SQL): number {
  const ids = tx.select({ id: questions.id }).from(questions).where(which)
  const texts = tx.select({ text: questions.text }).from(questions).where(which)
  const [quotedId, quotedText] = [sql`${questions.follows} ->> 'id'`, sql`${questions.follows} ->> 'question'`]
  // The same words may be somebody else's question: they tell only where nothing says whose was quoted.
  const quotes = or(inArray(quotedId, ids), and(isNull(quotedId), inArray(quotedText, texts)))
  tx.update(questions).set({ follows: null }).where(quotes).run()
  return tx.delete(questions).where(which).run().changes
}

const DAY_MS = 86_400_000
