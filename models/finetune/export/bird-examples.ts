import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import type { GlossaryEntry } from '#core/question.ts'
import { gate } from '#databases/gate/gate.ts'
import type { Draws } from '#databases/sample/draws.ts'
import type { Schema } from '#databases/schema/schema.ts'
import { normaliseSql } from './normalise-sql.ts'
import type { TrainingExample } from './training-example.ts'

const birdCase = z.object({ db_id: z.string(), question: z.string(), evidence: z.string(), SQL: z.string() })

export type BirdCase = z.infer<typeof birdCase>

/** BIRD's train split from a folder with `bird_train.jsonl.gz` and `bird_train_schemas.json.gz`: questions, and DDL by database. */
export async function readBird(folder: string): Promise<{ cases: BirdCase[]; ddl: Record<string, string> }> {
  const text = async (name: string) => gunzipSync(await readFile(join(folder, name))).toString('utf8')
  const lines = (await text('bird_train.jsonl.gz')).trimEnd().split('\n')
  const cases = lines.map((line, index) => {
    const parsed = birdCase.safeParse(parseLine(line, index))
    if (parsed.success) return parsed.data
    throw new Error(`bird_train.jsonl.gz, line ${index + 1}: expected db_id, question, evidence and SQL`)
  })
  return { cases, ddl: z.record(z.string(), z.string()).parse(JSON.parse(await text('bird_train_schemas.json.gz'))) }
}

function parseLine(line: string, index: number): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new Error(`bird_train.jsonl.gz, line ${index + 1}: this is no JSON`, { cause })
  }
}

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
