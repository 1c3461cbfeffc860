import { and, asc, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { IMMEDIATE } from './immediate.ts'
import { fromKeptJson, type KeepLimits, toKeptJson } from './kept-json.ts'
import type { People } from './people.ts'
import type { Failure, Feedback, FinishedAnswer, KeptTrace, NewQuestion, QuestionRecord } from './question-record.ts'
import type { StoreParts } from './store-parts.ts'
import { attempts, databases, feedback, questions } from './tables.ts'
import { attemptRow, keptAttempt } from './trace-rows.ts'

/** Every question, from its acceptance to its end. */
export type QuestionStore = {
  /** Saves a question before any work on it begins. False where the id is known already: it must not be asked twice. */
  accept(question: NewQuestion): boolean
  /** Saves answer and trace. False where nobody waits for it any more (forgotten, or finished already). */
  finish(id: string, answer: FinishedAnswer): boolean
  /** Saves that the question failed for reasons of ours. False as above. */
  fail(id: string, failure: Failure): boolean
  /** A question whose work was stopped for reasons of ours waits again, without what came of it. */
  reopen(id: string): void
  /** Gives a question that has no end yet other words. */
  reword(id: string, text: string): void
  /** Makes a question that has no end yet one by itself, whatever it was to follow up. */
  unfollow(id: string): void
  /** Newest first. `before` is the id of the last question of the page before; `text` is looked for anywhere in the question. */
  list(filter: QuestionFilter): ListedQuestion[]
  get(id: string): (QuestionRecord & { trace: KeptTrace | null; feedback: Feedback[] }) | undefined
  /** How many questions that were accepted since then are not finished: people wait for them. */
  underWay(since: Date): number
  /** After a start: questions that were accepted and never finished are marked as interrupted and given back, oldest first. */
  interrupted(): QuestionRecord[]
  /** Saves a person's verdict on an answer in place of an earlier one; null takes it back. False where there is no such question. */
  setFeedback(given: { questionId: string; personId: string; verdict: 'up' | 'down' | null; comment?: string }): boolean
}

/** `verdict` is that of the person who asked; null where they gave none. */
export type ListedQuestion = QuestionRecord & { verdict: Feedback['verdict'] | null }

export type QuestionFilter = {
  workspaceId?: string
  databaseId?: string
  askerId?: string
  text?: string
  /** Default 50. */
  limit?: number
  before?: string
}

type Parts = StoreParts & { people: People; keep: KeepLimits }

export function createQuestionStore({ db, guard, people, keep, now }: Parts): QuestionStore {
  return {
    accept: (question) =>
      guard(() =>
        db.transaction((tx) => {
          people.ensurePerson({ id: question.askerId, workspaceId: question.workspaceId })
          const values = {
            ...question,
            databaseId: registered(question.databaseId),
            follows: question.follows ? JSON.stringify(question.follows) : null,
            status: 'accepted' as const,
            acceptedAt: now().toISOString(),
          }
          return tx.insert(questions).values(values).onConflictDoNothing({ target: questions.id }).run().changes > 0
        }, IMMEDIATE),
      ),
    finish: (id, { trace, ...answer }) =>
      guard(() =>
        db.transaction((tx) => {
          const { attempts: tried, ...about } = trace
          const ended = end(tx, id, {
            status: answer.kind,
            answer: toKeptJson(answer, keep),
            trace: JSON.stringify(about),
            rowCount: answer.result?.rows.length ?? null,
            finishedAt: now().toISOString(),
            ...(answer.database && { databaseId: registered(answer.database.id) }),
          })
          if (ended && tried.length > 0) {
            tx.insert(attempts)
              .values(tried.map((attempt, ordinal) => attemptRow(id, ordinal, attempt)))
              .run()
          }
          return ended
        }, IMMEDIATE),
      ),
    fail: (id, { code, message, advice }) =>
      guard(() =>
        end(db, id, {
          status: 'failed',
          failure: JSON.stringify({ code, message, advice }),
          finishedAt: now().toISOString(),
        }),
      ),
    reopen: (id) =>
      guard(() =>
        db.transaction((tx) => {
          const open = { status: 'accepted' as const, answer: null, trace: null, failure: null, rowCount: null }
          tx.update(questions)
            .set({ ...open, finishedAt: null })
            .where(eq(questions.id, id))
            .run()
          tx.delete(attempts).where(eq(attempts.questionId, id)).run()
        }, IMMEDIATE),
      ),
    reword: (id, text) => guard(() => void end(db, id, { text })),
    unfollow: (id) => guard(() => void end(db, id, { follows: null })),
    list: (filter) =>
      guard(() =>
        db
          .select({ question: questions, verdict: feedback.verdict })
          .from(questions)
          .leftJoin(feedback, and(eq(feedback.questionId, questions.id), eq(feedback.personId, questions.askerId)))
          .where(and(...conditions(filter)))
          .orderBy(desc(questions.place))
          .limit(filter.limit ?? 50)
          .all()
          .map(({ question, verdict }) => ({ ...questionRecord(question), verdict })),
      ),
    get: (id) => guard(() => getQuestion(db, id)),
    underWay: (since) =>
      guard(() => {
        const recent = and(eq(questions.status, 'accepted'), gte(questions.acceptedAt, since.toISOString()))
        return db.select({ count: sql<number>`count(*)` }).from(questions).where(recent).get()?.count ?? 0
      }),
    interrupted: () =>
      guard(() =>
        db.transaction((tx) => {
          const open = tx
            .select()
            .from(questions)
            .where(eq(questions.status, 'accepted'))
            .orderBy(asc(questions.place))
            .all()
          const ended = { status: 'interrupted' as const, finishedAt: now().toISOString() }
          tx.update(questions).set(ended).where(eq(questions.status, 'accepted')).run()
          return open.map((row) => questionRecord({ ...row, ...ended }))
        }, IMMEDIATE),
      ),
    setFeedback: ({ questionId, personId, verdict, comment = '' }) =>
      guard(() =>
        db.transaction((tx) => {
          const question = tx.select().from(questions).where(eq(questions.id, questionId)).get()
          if (!question) return false
          people.ensurePerson({ id: personId, workspaceId: question.workspaceId })
          const byPerson = and(eq(feedback.questionId, questionId), eq(feedback.personId, personId))
          tx.delete(feedback).where(byPerson).run()
          if (verdict !== null)
            tx.insert(feedback).values({ questionId, personId, verdict, comment, givenAt: now().toISOString() }).run()
          return true
        }, IMMEDIATE),
      ),
  }
}

type Row = typeof questions.$inferSelect

/** A file that was opened without being registered, or that was removed meanwhile, has no row to refer to. */
function registered(databaseId: string | null | undefined): SQL<string | null> | null {
  return databaseId ? sql`(SELECT ${databases.id} FROM ${databases} WHERE ${databases.id} = ${databaseId})` : null
}

type Ending = Partial<Omit<Row, 'databaseId'>> & { databaseId?: SQL<string | null> | null }

/** An interrupted question may still end well: it can be run again under its id. */
function end(db: Pick<BetterSQLite3Database, 'update'>, id: string, ending: Ending): boolean {
  const open = and(eq(questions.id, id), inArray(questions.status, ['accepted', 'interrupted']))
  return db.update(questions).set(ending).where(open).run().changes > 0
}

function conditions({ workspaceId, databaseId, askerId, text, before }: QuestionFilter): (SQL | undefined)[] {
  return [
    workspaceId === undefined ? undefined : eq(questions.workspaceId, workspaceId),
    databaseId === undefined ? undefined : eq(questions.databaseId, databaseId),
    askerId === undefined ? undefined : eq(questions.askerId, askerId),
    text === undefined ? undefined : sql`${questions.text} LIKE ${`%${text.replace(/[\\%_]/g, '\\$&')}%`} ESCAPE '\\'`,
    before === undefined
      ? undefined
      : lt(questions.place, sql`(SELECT earlier.place FROM questions AS earlier WHERE earlier.id = ${before})`),
  ]
}

function getQuestion(db: BetterSQLite3Database, id: string): ReturnType<QuestionStore['get']> {
  const row = db.select().from(questions).where(eq(questions.id, id)).get()
  if (!row) return undefined
  const tried = db.select().from(attempts).where(eq(attempts.questionId, id)).orderBy(asc(attempts.ordinal)).all()
  const given = db.select().from(feedback).where(eq(feedback.questionId, id)).orderBy(asc(feedback.givenAt)).all()
  return {
    ...questionRecord(row),
    trace: row.trace === null ? null : { ...JSON.parse(row.trace), attempts: tried.map(keptAttempt) },
    feedback: given.map(({ personId, verdict, comment, givenAt }) => ({ personId, verdict, comment, givenAt })),
  }
}

function questionRecord({ place: _place, trace: _trace, follows, answer, failure, ...row }: Row): QuestionRecord {
  return {
    ...row,
    follows: follows === null ? null : JSON.parse(follows),
    answer: answer === null ? null : fromKeptJson(answer),
    failure: failure === null ? null : JSON.parse(failure),
  }
}
