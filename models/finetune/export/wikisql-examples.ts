import { join } from 'node:path'
import { z } from 'zod'
import { groupBy } from '#core/group-by.ts'
import { quoteName } from '#core/sql/quote-name.ts'
import { gate } from '#databases/gate/gate.ts'
import type { Draws } from '#databases/sample/draws.ts'
import type { Schema } from '#databases/schema/schema.ts'
import { normaliseSql } from './normalise-sql.ts'
import { parseLine } from './parse-line.ts'
import { GET_AGAIN, readPacked } from './read-packed.ts'
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
const EXPECTED = 'split, table_id, question, sql and columns'
/** Each question is about one table; beside others it has to be found. */
const TABLES = 4
const QUESTIONS_OF_A_TABLE = 5
const MOST_COLUMNS = 12

/** So many questions of WikiSQL's train split, over databases that each hold several of its tables, without rows. */
export async function readWikiSql(
  folder: string,
  { most, draws }: { most: number; draws: Draws },
): Promise<WikiDatabase[]> {
  const tables = [...groupBy(await readTrain(join(folder, FILE)), ({ table_id }) => table_id).values()]
  const chosen: WikiTable[] = []
  let left = most
  for (const cases of shuffled(tables.filter(isSuited), draws)) {
    const asked = shuffled(cases, draws).slice(0, Math.min(QUESTIONS_OF_A_TABLE, left))
    if (asked.length === 0) break
    chosen.push({ name: `table_${chosen.length + 1}`, cases, asked })
    left -= asked.length
  }
  return Array.from({ length: Math.ceil(chosen.length / TABLES) }, (_, at) => {
    const own = chosen.slice(at * TABLES, (at + 1) * TABLES)
    return {
      name: `wikisql ${at + 1}`,
      ddl: own.map(ddlOf).join('\n'),
      cases: own.flatMap(({ name, asked }) =>
        asked.map(({ question, sql }) => ({ question, sql: sql.replace(/ FROM t\b/, ` FROM ${name}`) })),
      ),
    }
  })
}

/** Two columns of one name make no table, and nobody knows which of them a query means. */
function isSuited([one]: WikiCase[]): boolean {
  const columns = (one?.columns ?? []).map((column) => column.toLowerCase())
  return columns.length > 1 && columns.length <= MOST_COLUMNS && new Set(columns).size === columns.length
}

/** Its questions in our spelling, without those that the gate refuses. */
export function wikiSqlExamples(cases: WikiDatabase['cases'], schema: Schema, now: Date): TrainingExample[] {
  const examples = cases.map(({ question, sql }): TrainingExample => {
    return { source: 'wikisql', text: question, sql: normaliseSql(sql, schema), now }
  })
  return examples.filter(({ sql }) => gate(sql, schema).ok)
}

type WikiCase = z.infer<typeof wikiCase>

/** A table with all questions about it, and those of them that are asked. */
type WikiTable = { name: string; cases: WikiCase[]; asked: WikiCase[] }

async function readTrain(file: string): Promise<WikiCase[]> {
  const lines = (await readPacked(file)).trimEnd().split('\n')
  return lines
    .map((line, index) => parseLine(line, wikiCase, { file, number: index + 1, expected: EXPECTED, advice: GET_AGAIN }))
    .filter(({ split }) => split === 'train')
}

/** The data set names no types: a column that some query compares with a figure holds figures. */
function ddlOf({ name, cases }: WikiTable): string {
  const figures = new Set(
    cases.flatMap(({ sql }) => [...sql.matchAll(/"([^"]+)" [=<>] -?\d/g)].map(([, column]) => column)),
  )
  const columns = (cases[0]?.columns ?? []).map((one) => `${quoteName(one)} ${figures.has(one) ? 'INTEGER' : 'TEXT'}`)
  return `CREATE TABLE ${name} (${columns.join(', ')});`
}
