import { basename, join } from 'node:path'
import { z } from 'zod'
import type { DatasetCase } from './dataset-case.ts'
import { readCaseFile } from './read-case-file.ts'

const FILES = {
  train: ['train_spider.json', 'train_others.json'],
  'train-spider': ['train_spider.json'],
  dev: ['dev.json'],
}

export type SpiderSplit = keyof typeof FILES

/** The name of a database, which is that of its folder and its file. */
export const databaseName = z.string().regex(/^[\w-]+$/, 'it must be the name of a database')

const spiderCase = z
  .object({
    db_id: databaseName,
    question: z.string().optional(),
    // Spider-Syn keeps the original beside the question with its words replaced.
    SpiderSynQuestion: z.string().optional(),
    query: z.string(),
    // Of questions about "last week", which `eval variants` writes.
    asked_at: z.iso.datetime().optional(),
  })
  .refine((one) => one.question !== undefined || one.SpiderSynQuestion !== undefined, 'it needs a question')

/** What a file in Spider's format holds. */
export const SPIDER_FORMAT = 'Spider: a list of objects with db_id, question and query'

/**
 * Reads a split of a folder in Spider's format (the JSON files, and `database/<db_id>/<db_id>.sqlite`), in the order of the files.
 * @throws RowbotError that names the file and line and says what was expected, when one is missing or of another format.
 */
export async function readSpider(folder: string, split: SpiderSplit): Promise<DatasetCase[]> {
  const parts = await Promise.all(
    FILES[split].map((name) => readSpiderFile(join(folder, name), join(folder, 'database'))),
  )
  return parts.flat()
}

/** Reads any file in Spider's format, its variants included; the databases lie in `databases/<db_id>/<db_id>.sqlite`. */
export async function readSpiderFile(path: string, databases: string): Promise<DatasetCase[]> {
  const entries = await readCaseFile(path, spiderCase, SPIDER_FORMAT)
  return entries.map(({ db_id, question, SpiderSynQuestion, query, asked_at }, index) => ({
    id: `${basename(path, '.json')}-${index}`,
    database: db_id,
    question: SpiderSynQuestion ?? question ?? '',
    accepted: [query],
    file: databaseFile(databases, db_id),
    ...(asked_at !== undefined && { askedAt: asked_at }),
  }))
}

/** Where the database of a name lies in Spider's layout, which other data sets follow. */
export function databaseFile(databases: string, name: string): string {
  return join(databases, name, `${name}.sqlite`)
}
