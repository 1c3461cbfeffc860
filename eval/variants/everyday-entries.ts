import type { Asker } from '#core/question.ts'
import type { OpenDatabase } from '#databases/registry/open-database.ts'
import type { Draws } from '#databases/sample/draws.ts'
import { latestDay } from '#databases/schema/latest-day.ts'
import type { Schema } from '#databases/schema/schema.ts'
import { generateEveryday } from '#models/finetune/export/everyday/generate-everyday.ts'
import { shuffled } from '#models/finetune/export/vary-schema.ts'

/** A question in Spider's format; `asked_at` is the moment from which its "last week" counts, `family` the way in which it asks. */
export type EverydayEntry = { db_id: string; question: string; query: string; asked_at: string; family: string }

export type EverydayParts = {
  database: string
  most: number
  seed: number
  draws: Draws
  /** Whose calendar "last week" is of. */
  asker: Omit<Asker, 'id'>
}

/** Many of those that are made follow up another question, or find nothing in the data. */
const SPARE = 5
const DEADLINE_MS = 5_000

/** Everyday questions about a database, in words and of families that nothing is trained on, whose queries find something. */
export async function everydayEntries(
  { schema, run }: Pick<OpenDatabase, 'schema' | 'run'>,
  { database, most, seed, draws, asker }: EverydayParts,
): Promise<EverydayEntry[]> {
  const now = lastMoment(schema)
  const made = generateEveryday({ schema, seed, count: most * SPARE, now, heldOut: true, clock: asker })
  const entries: EverydayEntry[] = []
  for (const { text, sql, follows, family } of shuffled(made, draws)) {
    if (entries.length === most) break
    if (follows) continue
    const { outcome } = await run(sql, { deadlineMs: DEADLINE_MS })
    // Any two queries that find nothing, or count none, agree.
    if (outcome.kind !== 'rows' || outcome.rows.every((row) => row.every((cell) => !cell))) continue
    entries.push({ db_id: database, question: text, query: sql, asked_at: now.toISOString(), family })
  }
  return entries
}

/** Noon of the day after the last that the data know, so that "last month" finds something; of an ordinary day where they know none. */
function lastMoment(schema: Schema): Date {
  return new Date(Date.parse(`${latestDay(schema, new Date().toISOString()) ?? '2020-06-15'}T12:00:00Z`) + DAY_MS)
}

const DAY_MS = 86_400_000
