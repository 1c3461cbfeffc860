import type { VerifiedAnswer } from '#databases/state/verified-store.ts'
import type { Answered } from '../answer.ts'
import type { AskSettings } from '../ask-settings.ts'
import type { AskedDatabase } from '../asked-database.ts'
import { findPeriods } from '../periods/find-periods.ts'
import { movePeriods } from '../periods/move-periods.ts'
import type { Asker } from '../question.ts'
import { toAnswered } from '../to-answered.ts'
import type { Trace } from '../trace.ts'

type Parts = {
  verified: VerifiedAnswer
  text: string
  asker: Asker
  now: Date
  database: AskedDatabase
  settings: Pick<AskSettings, 'queryDeadlineMs' | 'maxRows'>
  trace: Trace
  /** Who verified it, as people know them. */
  verifiedBy: string | null
  signal: AbortSignal
}

/**
 * Answers a question from its verified answer: the query runs again, with the periods of the question as they are now. Null where that
 * cannot be done (a period that cannot be moved, a query that no longer runs): then it is asked as any other.
 */
export async function answerVerified(parts: Parts): Promise<Answered | null> {
  const { verified, text, asker, database, settings, trace, signal } = parts
  const { timeZone, weekStart, locale } = asker
  const periods = findPeriods(text, { now: parts.now, timeZone, weekStart, locale })
  if (periods.length !== verified.periods.length) return null
  const moves = periods.map((to, at) => ({ from: verified.periods[at] ?? to, to }))
  const sql = movePeriods(verified.sql, moves)
  if (sql === null) return null
  const started = performance.now()
  const ran = await database.run(sql, { deadlineMs: settings.queryDeadlineMs, maxRows: settings.maxRows, signal })
  signal.throwIfAborted()
  const ms = performance.now() - started
  const candidate = { sql: ran.sql, origin: 'verified' as const, logProb: null }
  trace.attempts.push({ candidate, outcome: ran.outcome, notes: ran.notes, ms })
  trace.stageMs.run = ms
  if (ran.outcome.kind !== 'rows') return null
  return toAnswered({
    database,
    sql: ran.sql,
    result: ran.outcome,
    periods,
    asker,
    notes: [verifiedNote(parts), ...ran.notes],
    confidence: null,
    trace,
  })
}

function verifiedNote({ verified, verifiedBy, asker: { locale, timeZone } }: Parts): string {
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(new Date(verified.verifiedAt))
  return `Verified${verifiedBy ? ` by ${verifiedBy}` : ''} on ${date}.`
}
