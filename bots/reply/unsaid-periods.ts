import type { AnsweredReply } from './reply.ts'

/** Periods whose dates the summary does not give already. */
export function unsaidPeriods({ summary, periods }: AnsweredReply['explanation']): string[] {
  return periods.filter((period) => !summary.includes(period.slice(period.indexOf(':') + 1).trim()))
}
