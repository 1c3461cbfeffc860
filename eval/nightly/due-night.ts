import type { NightRecord } from '#databases/state/evaluation-record.ts'
import { lastNight, nightsBetween, type Schedule } from './nights.ts'

/** What is to be done now: nights that are to be noted as missed, and the one to run; null where none is due. */
export type Due = { missed: string[]; run: string | null }

/** A night that was due longer ago than this is not caught up any more: people are at work again. */
const CATCH_UP_MS = 12 * 3_600_000

/** Which night is due. `known` is the newest night that the state remembers; `startedAt` is when this process began to watch the clock. */
export function dueNight({
  schedule,
  known,
  now,
  startedAt,
}: {
  schedule: Schedule
  known: NightRecord | undefined
  now: Date
  startedAt: Date
}): Due {
  const last = lastNight(schedule, now)
  const none = { missed: [], run: null }
  // The very first night is the next one, not one before anybody had asked for it.
  if (!known) return last.due < startedAt ? none : { missed: [], run: last.night }
  // A clock that was put back must not bring nights again.
  if (known.night > last.night) return none
  if (known.night === last.night) return known.status === 'running' ? { missed: [], run: last.night } : none
  const missed = nightsBetween(schedule, known.night, last).map(({ night }) => night)
  const isTooLate = now.getTime() - last.due.getTime() > CATCH_UP_MS
  return isTooLate ? { missed: [...missed, last.night], run: null } : { missed, run: last.night }
}
