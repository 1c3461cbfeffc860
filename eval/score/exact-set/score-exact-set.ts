import { comparableParts, type KeyColumns } from './comparable-sql-parts.ts'
import { exactSetMatch } from './exact-set-match.ts'
import { type Hardness, hardnessOf } from './hardness.ts'
import { parseSpiderSql } from './parse-spider-sql.ts'
import { emptyQuery, type SpiderSchema, type SpiderSql } from './spider-sql.ts'
import { Unparsable } from './sql-words.ts'

/** Null where Spider's parser cannot read the gold query, which then has no class and no parts to match. */
export type ExactSetScore = { hardness: Hardness; match: boolean } | null

/** Spider's exact-set match without values, and the gold query's class of hardness. A prediction that cannot be read matches nothing. */
export function scoreExactSet(
  { gold, predicted }: { gold: string; predicted: string },
  { schema, keys }: { schema: SpiderSchema; keys: KeyColumns },
): ExactSetScore {
  const goldSql = parsed(gold, schema)
  if (goldSql === null) return null
  const predictedSql = parsed(predicted, schema) ?? emptyQuery()
  const parts = (sql: SpiderSql) => comparableParts(sql, { schema, keys })
  return { hardness: hardnessOf(goldSql), match: exactSetMatch(parts(predictedSql), parts(goldSql)) }
}

function parsed(sql: string, schema: SpiderSchema): SpiderSql | null {
  try {
    return parseSpiderSql(sql, schema)
  } catch (error) {
    if (error instanceof Unparsable) return null
    throw error
  }
}
