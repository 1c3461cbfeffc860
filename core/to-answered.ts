import type { Answered, ResolvedPeriod } from './answer.ts'
import { answeredDatabase } from './answered-database.ts'
import type { AskedDatabase } from './asked-database.ts'
import { explain } from './explain/explain.ts'
import type { Asker } from './question.ts'

type Parts = Pick<Answered, 'sql' | 'result' | 'notes' | 'confidence' | 'trace'> & {
  database: Pick<AskedDatabase, 'record' | 'schema'>
  /** The periods that the query was written for. */
  periods: ResolvedPeriod[]
  asker: Pick<Asker, 'locale' | 'timeZone'>
}

/** What a query gave as an answer, which says in words what was computed. */
export function toAnswered({ database, periods, asker, ...parts }: Parts): Answered {
  const { locale, timeZone } = asker
  return {
    kind: 'answered',
    database: answeredDatabase(database),
    ...parts,
    explanation: explain({ sql: parts.sql, schema: database.schema, periods, locale, timeZone }),
  }
}

/** The note that some rows are missing, where they are. */
export function cutOff({ truncated }: Answered['result']): string[] {
  return truncated ? ['There are more rows than these; the rest was cut off.'] : []
}
