import { and, asc, count, desc, eq, gte, inArray, lt, or, type SQL } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { jobs } from './chat-tables.ts'
import { IMMEDIATE } from './immediate.ts'
import type { NewQuestion } from './question-record.ts'
import type { QuestionStore } from './question-store.ts'
import type { StoreParts } from './store-parts.ts'
import { questions } from './tables.ts'

/**
 * A question from a chat on its way. waiting: in the queue. running: somebody has its lease. choosing: a person must choose first.
 * ended: worked on, but what came of it has not been sent yet. done: sent, or nobody is left to send it to.
 */
export type Job = typeof jobs.$inferSelect

export type NewJob = Pick<
  Job,
  'key' | 'personId' | 'channel' | 'thread' | 'origin' | 'handle' | 'message' | 'onlyMe' | 'databases' | 'edits' | 'sql'
>

/** The queue of questions from chats, and the outbox of what is to be sent. */
export type JobStore = {
  /** Saves question and job in one step. Where the key is known already nothing is saved, and the id of its question is given. */
  accept(question: NewQuestion, job: NewJob): { isNew: boolean; questionId: string }
  get(questionId: string): Job | undefined
  /** Those that wait, in order of acceptance. */
  waiting(): Pick<Job, 'questionId' | 'personId' | 'channel' | 'acceptedAt'>[]
  list(state: Job['state']): Job[]
  count(state: Job['state']): number
  /** Takes the lease of one that waits. False where another was faster. */
  claim(questionId: string, lease: { holder: string; until: Date }): boolean
  /** Prolongs all leases of a holder. */
  renew(lease: { holder: string; until: Date }): void
  /** Puts back those whose holder is dead: not this one, or past its lease. */
  release(alive: { holder: string; now: Date }): number
  set(questionId: string, changes: Partial<JobChanges>): void
  /** Sets these only where it is in that state. False where it is not. */
  setWhere(questionId: string, state: Job['state'], changes: Partial<JobChanges>): boolean
  findKey(key: string): Job | undefined
  findPosted(posted: string): Job | undefined
  findMessage(channel: string, message: string): Job | undefined
  /** The last one of a thread whose question was answered so that this person may see it. */
  lastAnswered(thread: { channel: string; thread: string; message: string; personId: string }): Job | undefined
  /** How many were accepted since then. */
  countSince(since: Date, who: { personId: string } | { channel: string }): number
}

type JobChanges = Pick<
  Job,
  'state' | 'holder' | 'leaseUntil' | 'runs' | 'stamp' | 'posted' | 'ending' | 'handle' | 'databases' | 'onlyMe'
>

type Parts = StoreParts & { questionStore: Pick<QuestionStore, 'accept'> }

export function createJobStore({ db, guard, questionStore, now }: Parts): JobStore {
  const byId = (questionId: string) => eq(jobs.questionId, questionId)
  return {
    accept: (question, job) =>
      guard(() =>
        db.transaction((tx) => {
          const known = tx.select({ id: jobs.questionId }).from(jobs).where(eq(jobs.key, job.key)).get()
          if (known) return { isNew: false, questionId: known.id }
          questionStore.accept(question)
          tx.insert(jobs)
            .values({ ...job, questionId: question.id, state: 'waiting', runs: 0, acceptedAt: now().toISOString() })
            .run()
          return { isNew: true, questionId: question.id }
        }, IMMEDIATE),
      ),
    get: (questionId) => guard(() => db.select().from(jobs).where(byId(questionId)).get()),
    waiting: () =>
      guard(() => {
        const { questionId, personId, channel, acceptedAt } = jobs
        return db
          .select({ questionId, personId, channel, acceptedAt })
          .from(jobs)
          .where(eq(jobs.state, 'waiting'))
          .orderBy(asc(jobs.place))
          .all()
      }),
    list: (state) => guard(() => db.select().from(jobs).where(eq(jobs.state, state)).orderBy(asc(jobs.place)).all()),
    count: (state) => guard(() => counted(db, eq(jobs.state, state))),
    claim: (questionId, { holder, until }) =>
      guard(
        () =>
          db
            .update(jobs)
            .set({ state: 'running', holder, leaseUntil: until.toISOString() })
            .where(and(byId(questionId), eq(jobs.state, 'waiting')))
            .run().changes > 0,
      ),
    renew: ({ holder, until }) =>
      guard(() => {
        db.update(jobs)
          .set({ leaseUntil: until.toISOString() })
          .where(and(eq(jobs.holder, holder), eq(jobs.state, 'running')))
          .run()
      }),
    release: ({ holder, now: at }) =>
      guard(() => {
        const dead = db
          .select({ questionId: jobs.questionId, holder: jobs.holder })
          .from(jobs)
          .where(eq(jobs.state, 'running'))
          .all()
          .filter((one) => one.holder !== holder)
        const late = and(eq(jobs.state, 'running'), lt(jobs.leaseUntil, at.toISOString()))
        const which = or(
          late,
          inArray(
            jobs.questionId,
            dead.map((one) => one.questionId),
          ),
        )
        return db.update(jobs).set({ state: 'waiting', holder: null, leaseUntil: null }).where(which).run().changes
      }),
    set: (questionId, changes) => guard(() => void db.update(jobs).set(changes).where(byId(questionId)).run()),
    setWhere: (questionId, state, changes) =>
      guard(
        () =>
          db
            .update(jobs)
            .set(changes)
            .where(and(byId(questionId), eq(jobs.state, state)))
            .run().changes > 0,
      ),
    findKey: (key) => guard(() => db.select().from(jobs).where(eq(jobs.key, key)).get()),
    findPosted: (posted) => guard(() => db.select().from(jobs).where(eq(jobs.posted, posted)).get()),
    findMessage: (channel, message) =>
      guard(() =>
        db
          .select()
          .from(jobs)
          .where(and(eq(jobs.channel, channel), eq(jobs.message, message)))
          .orderBy(desc(jobs.place))
          .get(),
      ),
    lastAnswered: ({ channel, thread, message, personId }) =>
      guard(
        () =>
          db
            .select({ job: jobs })
            .from(jobs)
            .innerJoin(questions, eq(questions.id, jobs.questionId))
            .where(
              and(
                eq(jobs.channel, channel),
                or(eq(jobs.thread, thread), eq(jobs.message, message)),
                or(eq(jobs.onlyMe, false), eq(jobs.personId, personId)),
                eq(questions.status, 'answered'),
              ),
            )
            .orderBy(desc(jobs.place))
            .get()?.job,
      ),
    countSince: (since, who) =>
      guard(() => {
        const whose = 'personId' in who ? eq(jobs.personId, who.personId) : eq(jobs.channel, who.channel)
        return counted(db, and(whose, gte(jobs.acceptedAt, since.toISOString())))
      }),
  }
}

function counted(db: BetterSQLite3Database, which: SQL | undefined): number {
  return db.select({ jobs: count() }).from(jobs).where(which).get()?.jobs ?? 0
}
