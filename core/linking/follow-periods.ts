import type { ResolvedPeriod } from '../answer.ts'
import type { ClockOptions } from '../periods/clock.ts'
import { findPeriods, findPeriodsBehind } from '../periods/find-periods.ts'

/** The periods that a follow-up names itself, and those of the question before it, which it may keep. */
export type FollowedPeriods = { named: ResolvedPeriod[]; kept: ResolvedPeriod[] }

/** Reads the periods of a follow-up behind the question that it follows, so that "the week before" counts from that one's period. */
export function followPeriods(text: string, earlier: string | undefined, options: ClockOptions): FollowedPeriods {
  if (earlier === undefined) return { named: findPeriods(text, options), kept: [] }
  return { named: findPeriodsBehind(text, earlier, options), kept: findPeriods(earlier, options) }
}
