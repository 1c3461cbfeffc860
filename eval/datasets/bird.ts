import { basename } from 'node:path'
import { z } from 'zod'
import type { DatasetCase } from './dataset-case.ts'
import { readCaseFile } from './read-case-file.ts'
import { databaseFile, databaseName } from './spider.ts'

const birdCase = z.object({
  question_id: z.int().optional(),
  db_id: databaseName,
  question: z.string(),
  evidence: z.string().optional(),
  SQL: z.string(),
})

/** What a file in BIRD's format holds. */
export const BIRD_FORMAT = 'BIRD: a list of objects with db_id, question and SQL, perhaps question_id and evidence'

/** Reads a file in BIRD's format; the databases lie in `databases/<db_id>/<db_id>.sqlite`. */
export async function readBirdFile(path: string, databases: string): Promise<DatasetCase[]> {
  const entries = await readCaseFile(path, birdCase, BIRD_FORMAT)
  return entries.map(({ question_id, db_id, question, evidence, SQL }, index) => ({
    id: `${basename(path, '.json')}-${question_id ?? index}`,
    database: db_id,
    question,
    accepted: [SQL],
    file: databaseFile(databases, db_id),
    ...(evidence && { evidence }),
  }))
}
