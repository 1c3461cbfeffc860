import type { Answered, ResolvedPeriod } from './answer.ts'
import { answeredDatabase } from './answered-database.ts'
import type { AskedDatabase } from './asked-database.ts'
import { COUNTS_AND_AVERAGES, repeatedRows } from './doubt/repeated-rows.ts'
import { sayRepeatedRows } from './doubt/say-doubt.ts'
import { sayAlikeRows } from './explain/alike-rows.ts'
import { explain } from './explain/explain.ts'
import type { Asker } from './question.ts'
import { schemaNames } from './sql/schema-names.ts'

type Parts = Pick<Answered, 'sql' | 'result' | 'notes' | 'confidence' | 'trace'> & {
  database: Pick<AskedDatabase, 'record' | 'schema'>
  /** The periods that the query was written for. */
  periods: ResolvedPeriod[]
  asker: Pick<Asker, 'locale' | 'timeZone'>
}

/** What a query gave as an answer, which says in words what was computed, and notes what its result alone would not tell. */
export function toAnswered({ database, periods, asker, notes, ...parts }: Parts): Answered {
  const { locale, timeZone } = asker
  const { schema } = database
  const repeated = repeatedRows(parts.sql, COUNTS_AND_AVERAGES, { schema, names: schemaNames(schema) })
  const alike = sayAlikeRows(parts.sql, parts.result, locale)
  return {
    kind: 'answered',
    database: answeredDatabase(database),
    ...parts,
    notes: [
      ...notes,
      ...(parts.result.truncated ? ['There are more rows than these; the rest was cut off.'] : []),
      ...(repeated ? [sayRepeatedRows(repeated)] : []),
      ...(alike ? [alike] : []),
    ],
    explanation: explain({ sql: parts.sql, schema, periods, locale, timeZone }),
  }
}
