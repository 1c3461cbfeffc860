import type { ClockOptions } from '../periods/clock.ts'
import { findPeriodsBehind, type PeriodsInTurn } from '../periods/find-periods.ts'
import type { Turn } from '../question.ts'

/** The periods that a question names itself, and those of the turns before it, which it may keep. */
export function followPeriods(
  text: string,
  follows: Pick<Turn, 'question' | 'earlier'> | undefined,
  options: ClockOptions,
): PeriodsInTurn {
  return findPeriodsBehind(text, follows ? [...(follows.earlier ?? []), follows.question] : [], options)
}
