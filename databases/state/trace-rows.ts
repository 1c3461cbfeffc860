import type { KeptAttempt, RecordedAttempt } from './question-record.ts'
import type { attempts } from './tables.ts'

/** An attempt as a row of the state database. */
export function attemptRow(
  questionId: string,
  ordinal: number,
  attempt: RecordedAttempt,
): typeof attempts.$inferInsert {
  const { candidate, outcome, notes, ms } = attempt
  const told =
    outcome.kind === 'rows'
      ? { message: null, rowCount: outcome.rows.length, truncated: outcome.truncated }
      : { message: outcome.message, rowCount: null, truncated: false }
  return {
    questionId,
    ordinal,
    sql: candidate.sql,
    origin: candidate.origin,
    logProb: candidate.logProb,
    outcome: outcome.kind,
    notes,
    ms,
    ...told,
  }
}

/** The attempt that such a row remembers. */
export function keptAttempt(row: typeof attempts.$inferSelect): KeptAttempt {
  const { sql, origin, logProb, outcome, message, rowCount, truncated, notes, ms } = row
  return {
    candidate: { sql, origin, logProb },
    outcome:
      outcome === 'rows'
        ? { kind: 'rows', rowCount: rowCount ?? 0, truncated }
        : { kind: outcome, message: message ?? '' },
    notes,
    ms,
  }
}
