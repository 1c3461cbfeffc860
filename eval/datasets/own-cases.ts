import { basename, dirname, extname, resolve } from 'node:path'
import { z } from 'zod'
import type { DatasetCase } from './dataset-case.ts'
import { readCaseFile } from './read-case-file.ts'

const ownCase = z.strictObject({
  id: z.string().min(1).optional(),
  database: z.string().min(1),
  question: z.string().min(1),
  sql: z.union([
    z.literal('unanswerable').transform((): string[] => []),
    z.string().transform((sql) => [sql]),
    z.array(z.string()).min(1),
  ]),
  evidence: z.string().optional(),
  follows: z.string().optional(),
})

/** What a file of one's own cases holds. */
export const OWN_FORMAT =
  'cases of one\'s own: a list of objects with database (path of a SQLite file), question and sql (a query, a list of queries that all count as right, or "unanswerable"), perhaps id, evidence and follows'

/** Reads cases of one's own; paths of databases start at the folder of the file. */
export async function readOwnCases(path: string): Promise<DatasetCase[]> {
  const entries = await readCaseFile(path, ownCase, OWN_FORMAT)
  return entries.map(({ id, database, question, sql, evidence, follows }, index) => ({
    id: id ?? `${basename(path, '.json')}-${index}`,
    database: basename(database, extname(database)),
    question,
    accepted: sql,
    file: resolve(dirname(path), database),
    ...(evidence !== undefined && { evidence }),
    ...(follows !== undefined && { follows }),
  }))
}
