import { and, asc, desc, eq, gt, isNotNull, isNull, like, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { DatabaseError } from '../database-error.ts'
import type {
  CaseRecord,
  NewResult,
  NewRun,
  ResultRecord,
  RunKind,
  RunProgress,
  RunRecord,
  RunStatus,
} from './evaluation-record.ts'
import { evaluationCases as cases, evaluationResults as results, evaluationRuns as runs } from './evaluation-tables.ts'
import { holdFrom, isHeldByOther, thisProcess } from './held-by.ts'
import { IMMEDIATE } from './immediate.ts'
import type { Failure } from './question-record.ts'
import type { StoreParts } from './store-parts.ts'

/** The runs of the evaluation, every case of them saved as soon as it has been scored. */
export type EvaluationStore = {
  /** Saves a run with all its cases, none of them asked yet. This process holds it until it ends. */
  start(run: NewRun, plan: CaseRecord[]): void
  /** Takes up a run that was interrupted. Throws a DatabaseError: `no-such-run`, `run-finished`, `run-in-use`. */
  resume(id: string): RunRecord
  /** Says that this process is still there, and adds the time that it worked. */
  renew(id: string, workedMs: number): void
  /** The cases that are still to be asked, in the order of the plan. */
  pending(id: string): { ordinal: number; case: CaseRecord }[]
  save(id: string, ordinal: number, result: NewResult): void
  end(id: string, status: Exclude<RunStatus, 'running'>, failure?: Failure): void
  progress(id: string): RunProgress
  /** By id, the beginning of one, or `last`. Throws a DatabaseError: `no-such-run`. */
  find(idOrPrefix: string): RunRecord
  /** Newest first. */
  list(filter?: RunFilter): RunRecord[]
  /** Results so far, in the order of the plan, read page by page: a run need not fit into memory with its traces. */
  results(id: string): Iterable<ResultRecord>
  result(id: string, ordinal: number): ResultRecord | undefined
  /** Makes a run the one that later runs of its data set are compared with, or with null none. */
  pin(dataset: string, id: string | null): void
  remove(id: string): boolean
}

export type RunFilter = {
  dataset?: string
  kind?: RunKind
  groupId?: string
  status?: RunStatus
  pinned?: true
  limit?: number
}

export function createEvaluationStore({ db, guard, now }: StoreParts): EvaluationStore {
  const held = () => ({ holder: thisProcess, heldUntil: holdFrom(now()) })
  const time = () => now().toISOString()
  return {
    start: (run, plan) =>
      guard(() =>
        db.transaction((tx) => {
          const values = { ...run, ...held(), status: 'running' as const, planned: plan.length, startedAt: time() }
          tx.insert(runs).values(values).run()
          for (const [ordinal, one] of plan.entries()) {
            tx.insert(cases).values(one).onConflictDoNothing().run()
            tx.insert(results).values({ runId: run.id, ordinal, caseHash: one.hash }).run()
          }
        }, IMMEDIATE),
      ),
    resume: (id) =>
      guard(() =>
        db.transaction((tx) => {
          const row = tx.select().from(runs).where(eq(runs.id, id)).get()
          if (!row) throw noSuchRun(id)
          if (row.status === 'finished') throw runFinished(id)
          if (isHeldByOther(row, now())) throw runInUse(id, row.holder)
          const changes = { ...held(), status: 'running' as const, failure: null, finishedAt: null }
          tx.update(runs).set(changes).where(eq(runs.id, id)).run()
          return runRecord({ ...row, ...changes })
        }, IMMEDIATE),
      ),
    renew: (id, workedMs) =>
      guard(() => {
        const changes = { ...held(), workedMs: sql`${runs.workedMs} + ${workedMs}` }
        db.update(runs).set(changes).where(eq(runs.id, id)).run()
      }),
    pending: (id) =>
      guard(() =>
        db
          .select({ ordinal: results.ordinal, case: cases })
          .from(results)
          .innerJoin(cases, eq(cases.hash, results.caseHash))
          .where(and(eq(results.runId, id), isNull(results.verdict)))
          .orderBy(asc(results.ordinal))
          .all(),
      ),
    save: (id, ordinal, result) =>
      guard(() => {
        const row = and(eq(results.runId, id), eq(results.ordinal, ordinal))
        db.update(results).set(result).where(row).run()
      }),
    end: (id, status, failure) =>
      guard(() => {
        const changes = { status, failure: failure ?? null, finishedAt: time(), holder: null, heldUntil: null }
        db.update(runs).set(changes).where(eq(runs.id, id)).run()
      }),
    progress: (id) =>
      guard(() => {
        const counts = {
          planned: sql<number>`count(*)`,
          done: sql<number>`count(${results.verdict})`,
          right: sql<number>`count(*) FILTER (WHERE ${results.verdict} = 'right')`,
        }
        return db.select(counts).from(results).where(eq(results.runId, id)).get() ?? { planned: 0, done: 0, right: 0 }
      }),
    find: (idOrPrefix) =>
      guard(() => {
        const wanted = idOrPrefix === 'last' ? undefined : like(runs.id, `${idOrPrefix.replace(/[%_]/g, '')}%`)
        const isExact = desc(eq(runs.id, idOrPrefix))
        const found = db.select().from(runs).where(wanted).orderBy(isExact, desc(runs.place)).limit(1).get()
        if (!found) throw noSuchRun(idOrPrefix)
        return runRecord(found)
      }),
    list: ({ limit = 100, ...filter } = {}) =>
      guard(() =>
        db
          .select()
          .from(runs)
          .where(and(...conditions(filter)))
          .orderBy(desc(runs.place))
          .limit(limit)
          .all()
          .map(runRecord),
      ),
    results: (id) => readResults({ db, guard }, id),
    result: (id, ordinal) => guard(() => readPage(db, id, ordinal - 1, 1).find((one) => one.ordinal === ordinal)),
    pin: (dataset, id) =>
      guard(() =>
        db.transaction((tx) => {
          tx.update(runs).set({ pinned: false }).where(eq(runs.dataset, dataset)).run()
          if (id !== null) tx.update(runs).set({ pinned: true }).where(eq(runs.id, id)).run()
        }, IMMEDIATE),
      ),
    remove: (id) => guard(() => db.delete(runs).where(eq(runs.id, id)).run().changes > 0),
  }
}

function conditions({ dataset, kind, groupId, status, pinned }: RunFilter) {
  return [
    dataset === undefined ? undefined : eq(runs.dataset, dataset),
    kind === undefined ? undefined : eq(runs.kind, kind),
    groupId === undefined ? undefined : eq(runs.groupId, groupId),
    status === undefined ? undefined : eq(runs.status, status),
    pinned === undefined ? undefined : eq(runs.pinned, true),
  ]
}

const PAGE = 100

function* readResults({ db, guard }: Pick<StoreParts, 'db' | 'guard'>, id: string): Iterable<ResultRecord> {
  for (let after = -1; ; ) {
    const page = guard(() => readPage(db, id, after, PAGE))
    yield* page
    const last = page.at(-1)
    if (!last) return
    after = last.ordinal
  }
}

function readPage(db: BetterSQLite3Database, id: string, after: number, limit: number): ResultRecord[] {
  const rows = db
    .select()
    .from(results)
    .innerJoin(cases, eq(cases.hash, results.caseHash))
    .where(and(eq(results.runId, id), gt(results.ordinal, after), isNotNull(results.verdict)))
    .orderBy(asc(results.ordinal))
    .limit(limit)
    .all()
  return rows.flatMap(({ evaluation_results: row, evaluation_cases: one }) => {
    const { runId: _run, caseHash: _hash, verdict, ms, tokens, generatingMs, ...rest } = row
    if (verdict === null) return []
    return [{ ...rest, verdict, ms: ms ?? 0, tokens: tokens ?? 0, generatingMs: generatingMs ?? 0, case: one }]
  })
}

function runRecord({ place: _place, holder: _holder, heldUntil: _until, ...row }: typeof runs.$inferSelect): RunRecord {
  return row
}

function noSuchRun(id: string): DatabaseError {
  return new DatabaseError({
    code: 'no-such-run',
    message: id === 'last' ? 'There is no run yet.' : `There is no run "${id}".`,
    advice: '`rowbot eval runs` lists those that there are.',
  })
}

function runFinished(id: string): DatabaseError {
  return new DatabaseError({
    code: 'run-finished',
    message: `Run ${id} is finished: there is nothing left to resume.`,
    advice: `See it with \`rowbot eval report ${id}\`.`,
  })
}

function runInUse(id: string, holder: string | null): DatabaseError {
  return new DatabaseError({
    code: 'run-in-use',
    message: `Run ${id} is being worked on by another process (${holder}).`,
    advice: 'Wait for it, or stop it first. Another run can be started beside it.',
  })
}
