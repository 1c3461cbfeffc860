import type { AnsweredReply } from './reply.ts'
import { unsaidPeriods } from './unsaid-periods.ts'

/** What stands below every answer, in lines: what was computed, the dates that were used, which database, how old its data are. */
export function footing({ explanation, database, dataAge }: AnsweredReply): string[] {
  return [explanation.summary, ...unsaidPeriods(explanation), `${database.name}. ${dataAge}`].filter(Boolean)
}
