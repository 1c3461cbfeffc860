import { latestDay } from '#databases/schema/latest-day.ts'
import type { AnsweredDatabase } from './answer.ts'
import type { SurveyedDatabase } from './asked-database.ts'

/** What an answer says of the database that it comes from. */
export function answeredDatabase({ record, schema }: Pick<SurveyedDatabase, 'record' | 'schema'>): AnsweredDatabase {
  const { id, name, source, dataAsOf } = record
  return { id, name, source, dataAsOf, latestDay: latestDay(schema, dataAsOf) }
}
