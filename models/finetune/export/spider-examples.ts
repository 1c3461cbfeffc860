import type { OpenDatabase } from '#databases/registry/open-database.ts'
import type { Draws } from '#databases/sample/draws.ts'
import { restyle } from './everyday/restyle.ts'
import { normaliseSql } from './normalise-sql.ts'
import { textsOf } from './texts-of.ts'
import type { TrainingExample } from './training-example.ts'

/** Share of the questions that are asked as people type them: in lower case, shortened, with a slip, and every other one in other words. */
const RESTYLED = 0.5
const OTHER_WORDS = 0.5
const DEADLINE_MS = 5_000

/** A database's questions with their gold queries in our spelling; those that do not run are left out. */
export async function spiderExamples(
  cases: { question: string; sql: string }[],
  database: OpenDatabase,
  { draws, now }: { draws: Draws; now: Date },
): Promise<TrainingExample[]> {
  const examples: TrainingExample[] = []
  for (const { question, sql } of cases) {
    const written = normaliseSql(sql, database.schema)
    const { outcome } = await database.run(written, { deadlineMs: DEADLINE_MS, maxRows: 1 })
    if (outcome.kind !== 'rows') continue
    const tidy = question
      .replace(/\s+([?.,!])/g, '$1')
      .replace(/\s+/g, ' ')
      .trim()
    const text = draws.chance(RESTYLED) ? restyle(tidy, draws, textsOf(written), OTHER_WORDS) : tidy
    examples.push({ source: 'spider', text, sql: written, now })
  }
  return examples
}
