import type Database from 'better-sqlite3'
import { eq, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { IMMEDIATE } from './immediate.ts'
import { marks } from './tables.ts'

/**
 * Deletes for good: runs the deletion in a transaction, then rewrites the file, so that no byte of what was deleted is left in it or in
 * its write-ahead log. `scrubbed` is false where that had to wait (another process is reading, the disk is full): it is tried again at
 * the next deletion and at the next start. Nothing is rewritten where the deletion returned 0.
 */
export type Erase = (deletion: (tx: Erasing) => number) => Erased

/** What a deletion may do. */
export type Erasing = Pick<BetterSQLite3Database, 'delete' | 'update' | 'select'>

export type Erased = { result: number; scrubbed: boolean }

export function createErase({ sqlite, db }: { sqlite: Database.Database; db: BetterSQLite3Database }): Erase {
  return (deletion) => {
    const result = db.transaction((tx) => {
      const count = deletion(tx)
      if (count > 0) tx.insert(marks).values({ key: SCRUB, value: 'due' }).onConflictDoNothing().run()
      return count
    }, IMMEDIATE)
    return { result, scrubbed: scrubIfDue({ sqlite, db }) }
  }
}

const SCRUB = 'scrub'
const SCRUB_TIMEOUT_MS = 500

/** Rewrites the file where a deletion asks for it. False where that could not be done now. */
export function scrubIfDue({ sqlite, db }: { sqlite: Database.Database; db: BetterSQLite3Database }): boolean {
  const due = db.select().from(marks).where(eq(marks.key, SCRUB)).get()
  if (!due) return true
  const timeoutMs = sqlite.pragma('busy_timeout', { simple: true })
  try {
    // It can be made up for later, so it need not keep everything else waiting.
    sqlite.pragma(`busy_timeout = ${SCRUB_TIMEOUT_MS}`)
    sqlite.exec('VACUUM')
    if (!truncateLog(db)) return false
    db.delete(marks).where(eq(marks.key, SCRUB)).run()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^SQLITE_(BUSY|LOCKED|FULL|IOERR)/.test(String(error.code)))
      return false
    throw error
  } finally {
    sqlite.pragma(`busy_timeout = ${timeoutMs}`)
  }
}

function truncateLog(db: BetterSQLite3Database): boolean {
  const { busy } = db.get<{ busy: number }>(sql`PRAGMA wal_checkpoint(TRUNCATE)`)
  return busy === 0
}
