import { untilAborted } from '#models/until-aborted.ts'
import type { Answer, ResolvedPeriod } from './answer.ts'
import type { AskParts } from './ask.ts'
import type { Asker, Turn } from './question.ts'
import { toAnswered } from './to-answered.ts'
import type { Attempt, Trace } from './trace.ts'
import { tooSlow, unanswered } from './unanswered.ts'

/** SQL that a person wrote or changed. `text` is the question that it belongs to. */
export type EditedQuery = {
  id: string
  /** Id or name of the database. */
  database: string
  sql: string
  text: string
  asker: Asker
  workspaceId?: string
  follows?: Turn
  /** Periods that the query before was written for, which this one may ask for still. */
  periods?: ResolvedPeriod[]
}

/** Runs edited SQL through the same gate and limits as a model's; names are not fixed, since a person means what they write. */
export async function runEdited(
  { id, database: idOrName, sql, asker, periods = [] }: EditedQuery,
  { databases, settings, promptVersion }: Pick<AskParts, 'databases' | 'settings' | 'promptVersion'>,
  signal: AbortSignal,
): Promise<Answer> {
  const started = performance.now()
  const deadline = AbortSignal.timeout(settings.answerDeadlineMs)
  const stops = AbortSignal.any([signal, deadline])
  const trace: Trace = { questionId: id, promptVersion, model: 'edited by hand', tables: [], attempts: [], stageMs: {} }
  const refuse = (reason: 'cancelled' | 'unsafe' | 'too-slow' | 'no-valid-query', message: string): Answer =>
    unanswered({ trace }, { reason, message, suggestions: [] })
  try {
    const opened = await untilAborted(databases.open(idOrName), stops)
    const { queryDeadlineMs: deadlineMs, maxRows } = settings
    const ran = await opened.run(sql, { deadlineMs, maxRows, signal: stops })
    const ms = performance.now() - started
    const candidate = { sql: ran.sql, origin: 'edited' as const, logProb: null }
    const attempt: Attempt = { candidate, outcome: ran.outcome, notes: ran.notes, ms }
    trace.attempts.push(attempt)
    trace.stageMs.run = ms
    if (ran.outcome.kind !== 'rows') return refuse(REASONS[ran.outcome.kind], ran.outcome.message)
    return toAnswered({
      database: opened,
      sql: ran.sql,
      result: ran.outcome,
      periods,
      asker,
      notes: ran.notes,
      confidence: null,
      trace,
    })
  } catch (error) {
    if (signal.aborted) return refuse('cancelled', 'Stopped.')
    if (deadline.aborted) return unanswered({ trace }, tooSlow(settings))
    throw error
  }
}

const REASONS = {
  refused: 'unsafe',
  rejected: 'no-valid-query',
  'timed-out': 'too-slow',
  crashed: 'no-valid-query',
} as const
