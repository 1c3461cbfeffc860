import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { groupBy } from '#core/group-by.ts'
import { quoteName } from '#core/names/quote-name.ts'
import { gate } from '#databases/gate/gate.ts'
import type { Draws } from '#databases/sample/draws.ts'
import type { Schema } from '#databases/schema/schema.ts'
import { normaliseSql } from './normalise-sql.ts'
import type { TrainingExample } from './training-example.ts'
import { shuffled } from './vary-schema.ts'

const wikiCase = z.object({
  split: z.enum(['train', 'dev', 'test']),
  table_id: z.string(),
  question: z.string(),
  sql: z.string(),
  columns: z.array(z.string()),
})

/** A database made of several of WikiSQL's tables, and questions about them. */
export type WikiDatabase = { name: string; ddl: string; cases: { question: string; sql: string }[] }

const FILE = 'wikisql_used_columns.jsonl.gz'
/** Each question is about one table; beside others it has to be found. */
const TABLES = 4
const QUESTIONS_OF_A_TABLE = 5
const MOST_COLUMNS = 12

/** At most `most` questions of WikiSQL's train split, over databases that each hold several of its tables, without rows. */
export async function readWikiSql(
  folder: string,
  { most, draws }: { most: number; draws: Draws },
): Promise<WikiDatabase[]> {
  const tables = [...groupBy(await readTrain(join(folder, FILE)), ({ table_id }) => table_id).values()]
  const suited = tables.filter(([one]) => one && one.columns.length > 1 && one.columns.length <= MOST_COLUMNS)
  const perDatabase = TABLES * QUESTIONS_OF_A_TABLE
  const chosen = shuffled(suited, draws).slice(0, TABLES * Math.ceil(most / perDatabase))
  return Array.from({ length: Math.ceil(chosen.length / TABLES) }, (_, at) => {
    const own = chosen.slice(at * TABLES, (at + 1) * TABLES)
    const named = own.map((cases, index) => ({ name: `table_${at * TABLES + index + 1}`, cases }))
    return {
      name: `wikisql ${at + 1}`,
      ddl: named.map(({ name, cases }) => ddlOf(name, cases)).join('\n'),
      cases: named.flatMap(({ name, cases }) =>
        shuffled(cases, draws)
          .slice(0, QUESTIONS_OF_A_TABLE)
          .map(({ question, sql }) => ({ question, sql: sql.replace(/ FROM t\b/, ` FROM ${name}`) })),
      ),
    }
  })
}

/** Its questions in our spelling, without those that the gate refuses. */
export function wikiSqlExamples(cases: WikiDatabase['cases'], schema: Schema, now: Date): TrainingExample[] {
  const examples = cases.map(({ question, sql }): TrainingExample => {
    return { source: 'wikisql', text: question, sql: normaliseSql(sql, schema), now }
  })
  return examples.filter(({ sql }) => gate(sql, schema).ok)
}

type WikiCase = z.infer<typeof wikiCase>

async function readTrain(file: string): Promise<WikiCase[]> {
  const found: WikiCase[] = []
  let number = 0
  const lines = createInterface({
    input: createReadStream(file).pipe(createGunzip()),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  for await (const line of lines) {
    number++
    const parsed = wikiCase.safeParse(parseLine(line))
    if (!parsed.success) throw new Error(`${FILE}, line ${number}: expected split, table_id, question, sql and columns`)
    if (parsed.data.split === 'train') found.push(parsed.data)
  }
  return found
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** The data set names no types: a column that some query compares with a figure holds figures. */
function ddlOf(name: string, cases: WikiCase[]): string {
  const figures = new Set(
    cases.flatMap(({ sql }) => [...sql.matchAll(/"([^"]+)" [=<>] -?\d/g)].map(([, column]) => column)),
  )
  const columns = (cases[0]?.columns ?? []).map((one) => `${quoteName(one)} ${figures.has(one) ? 'INTEGER' : 'TEXT'}`)
  return `CREATE TABLE ${name} (${columns.join(', ')});`
}
