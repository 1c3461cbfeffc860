import type { ResolvedPeriod } from '../answer.ts'
import type { ClockOptions } from '../periods/clock.ts'
import { findPeriods } from '../periods/find-periods.ts'

/** The periods that a follow-up names itself, and those of the question before it, which it may keep. */
export type FollowedPeriods = { named: ResolvedPeriod[]; kept: ResolvedPeriod[] }

/** Reads the periods of a follow-up behind the question that it follows, so that "the week before" counts from that one's period. */
export function followPeriods(text: string, earlier: string | undefined, options: ClockOptions): FollowedPeriods {
  if (earlier === undefined) return { named: findPeriods(text, options), kept: [] }
  const kept = findPeriods(earlier, options)
  return { named: findPeriods(`${earlier.replace(/[.?!\s]+$/, '')}? ${text}`, options).slice(kept.length), kept }
}
