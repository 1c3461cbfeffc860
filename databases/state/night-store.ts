import { and, asc, desc, eq, lt } from 'drizzle-orm'
import type { NightRecord, PostRecord } from './evaluation-record.ts'
import { evaluationNights as nights, evaluationPosts as posts } from './evaluation-tables.ts'
import { holdFrom, isHeldByOther, isHeldByThis, thisProcess } from './held-by.ts'
import { IMMEDIATE } from './immediate.ts'
import type { StoreParts } from './store-parts.ts'

/** Which nights have been run and posted, so that no two processes do one twice. */
export type NightStore = {
  /**
   * Takes a night for this process: the night, or null where another has it, this one works on it, or it is over. One whose process died,
   * or has not renewed it for a minute, is taken over.
   */
  claim(night: string): NightRecord | null
  renew(night: string): void
  /** Lets go of a night that is not over, so that the next start goes on with it. */
  release(night: string): void
  setRun(night: string, runId: string): void
  /** Why a night failed, or ended early, in words. */
  setFailure(night: string, failure: string): void
  end(night: string, status: 'done' | 'failed' | 'missed'): void
  /** Newest first. */
  list(limit?: number): NightRecord[]
  /**
   * Reserves a post for the one process that may send it; null for all others. `again`: a process that had reserved it longer ago than
   * `withinMs` said nothing since, so it may have been sent.
   */
  reservePost(night: string, channel: string, withinMs: number): 'new' | 'again' | null
  /** Says that a post that was reserved is still being sent. */
  renewPost(night: string, channel: string): void
  endPost(post: PostRecord): void
  posts(night: string): PostRecord[]
}

export function createNightStore({ db, guard, now }: StoreParts): NightStore {
  const held = () => ({ holder: thisProcess, heldUntil: holdFrom(now()) })
  return {
    claim: (night) =>
      guard(() =>
        db.transaction((tx) => {
          const fresh = { night, status: 'running' as const, startedAt: now().toISOString(), ...held() }
          if (tx.insert(nights).values(fresh).onConflictDoNothing().run().changes > 0) {
            return {
              night,
              status: 'running',
              runId: null,
              failure: null,
              startedAt: fresh.startedAt,
              finishedAt: null,
            }
          }
          const row = tx.select().from(nights).where(eq(nights.night, night)).get()
          if (row?.status !== 'running' || isHeldByThis(row, now()) || isHeldByOther(row, now())) return null
          const taken = { ...held(), failure: null }
          tx.update(nights).set(taken).where(eq(nights.night, night)).run()
          return nightRecord({ ...row, ...taken })
        }, IMMEDIATE),
      ),
    renew: (night) => guard(() => void db.update(nights).set(held()).where(eq(nights.night, night)).run()),
    release: (night) =>
      guard(() => {
        db.update(nights).set({ holder: null, heldUntil: null }).where(eq(nights.night, night)).run()
      }),
    setFailure: (night, failure) =>
      guard(() => void db.update(nights).set({ failure }).where(eq(nights.night, night)).run()),
    setRun: (night, runId) => guard(() => void db.update(nights).set({ runId }).where(eq(nights.night, night)).run()),
    end: (night, status) =>
      guard(() => {
        const row = { night, status, startedAt: now().toISOString(), finishedAt: now().toISOString() }
        const { startedAt: _kept, ...changes } = { ...row, holder: null, heldUntil: null }
        db.insert(nights).values(row).onConflictDoUpdate({ target: nights.night, set: changes }).run()
      }),
    list: (limit = 30) =>
      guard(() => db.select().from(nights).orderBy(desc(nights.night)).limit(limit).all().map(nightRecord)),
    reservePost: (night, channel, withinMs) =>
      guard(() =>
        db.transaction((tx) => {
          const row = { night, channel, status: 'sending' as const, at: now().toISOString() }
          if (tx.insert(posts).values(row).onConflictDoNothing().run().changes > 0) return 'new'
          const silent = lt(posts.at, new Date(now().getTime() - withinMs).toISOString())
          const lost = and(eq(posts.night, night), eq(posts.channel, channel), eq(posts.status, 'sending'), silent)
          return tx.update(posts).set({ at: row.at }).where(lost).run().changes > 0 ? 'again' : null
        }, IMMEDIATE),
      ),
    renewPost: (night, channel) =>
      guard(() => {
        const one = and(eq(posts.night, night), eq(posts.channel, channel), eq(posts.status, 'sending'))
        db.update(posts).set({ at: now().toISOString() }).where(one).run()
      }),
    endPost: ({ night, channel, status, message }) =>
      guard(() => {
        const one = and(eq(posts.night, night), eq(posts.channel, channel))
        db.update(posts).set({ status, message, at: now().toISOString() }).where(one).run()
      }),
    posts: (night) =>
      guard(() =>
        db
          .select({ night: posts.night, channel: posts.channel, status: posts.status, message: posts.message })
          .from(posts)
          .where(eq(posts.night, night))
          .orderBy(asc(posts.channel))
          .all(),
      ),
  }
}

function nightRecord({ holder: _holder, heldUntil: _until, ...row }: typeof nights.$inferSelect): NightRecord {
  return row
}
