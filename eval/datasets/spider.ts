import { join } from 'node:path'
import { z } from 'zod'
import type { DatasetCase } from './dataset-case.ts'
import { readCaseFile } from './read-case-file.ts'

const FILES = {
  train: ['train_spider.json', 'train_others.json'],
  'train-spider': ['train_spider.json'],
  dev: ['dev.json'],
}

export type SpiderSplit = keyof typeof FILES

const spiderCase = z.object({ db_id: z.string().regex(/^[\w-]+$/), question: z.string(), query: z.string() })

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

/** Reads any file in Spider's format (a list of db_id, question and query), whose databases lie in `databases/<db_id>/<db_id>.sqlite`. */
export async function readSpiderFile(path: string, databases: string): Promise<DatasetCase[]> {
  const entries = await readCaseFile(path, spiderCase, 'Spider (a list of objects with db_id, question and query)')
  const name = path.replace(/^.*[/\\]/, '').replace(/\.json$/, '')
  return entries.map(({ db_id, question, query }, index) => ({
    id: `${name}-${index}`,
    database: db_id,
    question,
    accepted: [query],
    file: join(databases, db_id, `${db_id}.sqlite`),
  }))
}
