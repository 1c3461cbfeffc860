import { gate } from '#databases/gate/gate.ts'
import type { Schema } from '#databases/schema/schema.ts'
import type { Generator } from '#models/generator.ts'
import { readQuestion } from '../answerable/read-question.ts'
import { fixFunctions } from '../names/fix-functions.ts'
import { fixNames } from '../names/fix-names.ts'
import { schemaNames } from '../names/schema-names.ts'
import { localDate } from '../periods/local-date.ts'
import { renderPrompt, renderRepair } from '../prompt/render-prompt.ts'
import type { Asker } from '../question.ts'
import { complain } from '../repair/complain.ts'
import { understand } from '../understand.ts'
import { writeSql } from './write-sql.ts'

/** A query that fits the schema, with what was changed in it; or why there is none. */
export type GeneratedSql = { sql: string; notes: string[] } | { sql: null; message: string }

export type WriteCheckedParts = {
  schema: Schema
  question: string
  generator: Generator
  asker: Asker
  now: Date
  maxAttempts: number
  signal?: AbortSignal
}

/** Writes SQL for a schema without data: every name is checked, nothing is run. */
export async function writeCheckedSql(parts: WriteCheckedParts): Promise<GeneratedSql> {
  const { schema, generator, maxAttempts, signal } = parts
  const read = readQuestion(parts.question)
  if (!read.ok) return { sql: null, message: read.message }
  const database = { schema, values: { match: () => [] } }
  const understood = understand({ ...parts, text: read.text, database })
  const first = renderPrompt({ ...understood, text: read.text, today: localDate(parts.now, parts.asker.timeZone) })
  const names = schemaNames(schema, [read.text])
  let prompt = first
  let message = 'The model wrote no SQL.'
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const origin = attempt === 0 ? 'first' : 'repair'
    const [candidate] = await writeSql(generator, { ...prompt, origin, count: 1, signal })
    if (!candidate) break
    const named = fixNames(fixFunctions(candidate.sql), names)
    const verdict = gate(named.sql, schema)
    if (verdict.ok) return { sql: verdict.sql, notes: [...named.notes, ...verdict.notes] }
    message = verdict.message
    prompt = renderRepair(first, named.sql, complain({ kind: 'failed', message, unknown: named.unknown }, schema))
  }
  return { sql: null, message: `No query that fits the schema was found: ${message}` }
}
