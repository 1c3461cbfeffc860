import { gate } from '#databases/gate/gate.ts'
import type { Schema } from '#databases/schema/schema.ts'
import type { Generator } from '#models/generator.ts'
import { readQuestion } from './answerable/read-question.ts'
import { askedTexts } from './asked-texts.ts'
import { complain } from './doubt/complain.ts'
import { fitQuery } from './fit/fit-query.ts'
import { writeSql } from './generate/write-sql.ts'
import { localDate } from './periods/local-date.ts'
import { renderPrompt, renderRepair } from './prompt/render-prompt.ts'
import type { Asker } from './question.ts'
import { schemaNames } from './sql/schema-names.ts'
import { understand } from './understand.ts'

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

/** Writes SQL for a schema without data: the query is fitted to the question and the schema as where it is run, but nothing is run. */
export async function writeCheckedSql(parts: WriteCheckedParts): Promise<GeneratedSql> {
  const { schema, generator, maxAttempts, signal } = parts
  const read = readQuestion(parts.question)
  if (!read.ok) return { sql: null, message: read.message }
  const { text } = read
  const database = { schema, values: { match: () => [] } }
  const understood = understand({ ...parts, text, database })
  const first = renderPrompt({ ...understood, text, today: localDate(parts.now, parts.asker.timeZone) })
  const asked = askedTexts(text, understood)
  const fitting = { database, names: schemaNames(schema, asked), question: text, asked, periods: understood.periods }
  let prompt = first
  let message = 'The model wrote no SQL.'
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const origin = attempt === 0 ? 'first' : 'repair'
    const [candidate] = await writeSql(generator, { ...prompt, origin, count: 1, signal })
    if (!candidate) break
    const { sql, notes, unknownNames: unknown } = fitQuery(candidate.sql, fitting)
    const verdict = gate(sql, schema)
    if (verdict.ok) return { sql: verdict.sql, notes: [...notes, ...verdict.notes] }
    message = verdict.message
    prompt = renderRepair(first, sql, complain({ kind: 'failed', message, unknown }, schema))
  }
  return { sql: null, message: `No query that fits the schema was found: ${message}` }
}
