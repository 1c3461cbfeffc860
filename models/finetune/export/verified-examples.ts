import { type Knowledge, recall } from '#core/knowledge/knowledge.ts'
import type { ClockOptions } from '#core/periods/clock.ts'
import { findPeriods } from '#core/periods/find-periods.ts'
import { movePeriods } from '#core/periods/move-periods.ts'
import type { OpenDatabase } from '#databases/registry/open-database.ts'
import type { Draws } from '#databases/sample/draws.ts'
import type { VerifiedAnswer } from '#databases/state/verified-store.ts'
import { restyle } from './everyday/restyle.ts'
import { textsOf } from './texts-of.ts'
import type { AskerClock, TrainingExample } from './training-example.ts'

/** What people have verified, by database; `clockOf` is the calendar of whoever had asked. */
export type VerifiedSource = {
  databases: { id: string }[]
  open(id: string): Promise<OpenDatabase>
  knowledge: Knowledge
  clockOf(askedBy: string | null): AskerClock
}

/** Most verified answers of one database. */
const MOST = 2_000
const DEADLINE_MS = 5_000

/**
 * What people have verified about a database: each question as it was asked and once more as others would type it, with the words that they
 * have defined and similar questions before it, as serving shows them. Periods stand where they are now; what no longer runs is left out.
 */
export async function verifiedExamples(
  database: OpenDatabase,
  { knowledge, clockOf }: VerifiedSource,
  { draws, now }: { draws: Draws; now: Date },
): Promise<TrainingExample[]> {
  const databaseId = database.record.id
  const examples: TrainingExample[] = []
  for (const answer of knowledge.verified.list(databaseId, MOST)) {
    const { question } = answer
    const clock = clockOf(answer.askedBy)
    const sql = atPresent(answer, { ...clock, now })
    if (sql === null) continue
    const { outcome } = await database.run(sql, { deadlineMs: DEADLINE_MS, maxRows: 1 })
    if (outcome.kind !== 'rows') continue
    const { glossary, examples: similar } = recall(knowledge, { databaseId, text: question, follows: false })
    const others = similar.filter((turn) => turn.question !== question)
    for (const text of new Set([question, restyle(question, draws, textsOf(sql))])) {
      examples.push({ source: 'verified', text, sql, now, clock, glossary, examples: others })
    }
  }
  return examples
}

function atPresent({ question, sql, periods }: VerifiedAnswer, clock: ClockOptions): string | null {
  const named = findPeriods(question, clock)
  if (named.length !== periods.length) return null
  return movePeriods(
    sql,
    named.map((to, at) => ({ from: periods[at] ?? to, to })),
  )
}
