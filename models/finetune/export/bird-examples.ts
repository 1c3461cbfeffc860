import { join } from 'node:path'
import { z } from 'zod'
import type { GlossaryEntry } from '#core/question.ts'
import { gate } from '#databases/gate/gate.ts'
import type { Draws } from '#databases/sample/draws.ts'
import type { Schema } from '#databases/schema/schema.ts'
import { normaliseSql } from './normalise-sql.ts'
import { parseLine } from './parse-line.ts'
import { GET_AGAIN, readPacked } from './read-packed.ts'
import type { TrainingExample } from './training-example.ts'

const birdCase = z.object({ db_id: z.string(), question: z.string(), evidence: z.string(), SQL: z.string() })

export type BirdCase = z.infer<typeof birdCase>

/** BIRD's train split from a folder with `bird_train.jsonl.gz` and `bird_train_schemas.json.gz`: questions, and DDL by database. */
export async function readBird(folder: string): Promise<{ cases: BirdCase[]; ddl: Record<string, string> }> {
  const [file, schemas] = [join(folder, CASES), join(folder, SCHEMAS)]
  const lines = (await readPacked(file)).trimEnd().split('\n')
  const cases = lines.map((line, index) =>
    parseLine(line, birdCase, { file, number: index + 1, expected: EXPECTED, advice: GET_AGAIN }),
  )
  const place = { file: schemas, number: 1, expected: 'the DDL of each database', advice: GET_AGAIN }
  return { cases, ddl: parseLine(await readPacked(schemas), z.record(z.string(), z.string()), place) }
}

const CASES = 'bird_train.jsonl.gz'
const SCHEMAS = 'bird_train_schemas.json.gz'
const EXPECTED = 'db_id, question, evidence and SQL'

/** Longer queries than a small model can be expected to write. */
const LONGEST_SQL = 240
const WITH_EVIDENCE = 0.7

/** Questions about a schema without rows; what BIRD calls evidence stands where people's own glossary does. */
export function birdExamples(
  cases: BirdCase[],
  schema: Schema,
  { draws, now, most }: { draws: Draws; now: Date; most: number },
): TrainingExample[] {
  const examples: TrainingExample[] = []
  for (const { question, evidence, SQL } of cases) {
    if (examples.length >= most) break
    const sql = normaliseSql(SQL, schema)
    if (sql.length > LONGEST_SQL || !gate(sql, schema).ok) continue
    const glossary = draws.chance(WITH_EVIDENCE) ? glossaryOf(evidence) : []
    examples.push({ source: 'bird', text: question, sql, now, ...(glossary.length > 0 && { glossary }) })
  }
  return examples
}

function glossaryOf(evidence: string): GlossaryEntry[] {
  return evidence.split(';').flatMap((part) => {
    const found = /^\s*(.+?)\s+(?:refers? to|means?|stands? for)\s+(.+?)\s*$/i.exec(part)
    return found ? [{ term: found[1] ?? '', meaning: found[2] ?? '' }] : []
  })
}
