import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** A question with its gold SQL and the database file that it is asked of. */
export type SpiderCase = { id: string; database: string; question: string; gold: string; file: string }

const FILES = {
  train: ['train_spider.json', 'train_others.json'],
  'train-spider': ['train_spider.json'],
  dev: ['dev.json'],
}

const caseList = z.array(z.object({ db_id: z.string().regex(/^\w+$/), question: z.string(), query: z.string() }))

/**
 * Reads a split of a folder in Spider's format (the JSON files, and `database/<db_id>/<db_id>.sqlite`), in the order of the files.
 * @throws Error that names the file and says what was expected, when one is missing or of another format.
 */
export async function readSpider(folder: string, split: keyof typeof FILES): Promise<SpiderCase[]> {
  const parts = await Promise.all(FILES[split].map((name) => readCases(folder, name)))
  return parts.flat()
}

async function readCases(folder: string, name: string): Promise<SpiderCase[]> {
  const path = join(folder, name)
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new Error(`No ${name} in ${folder}: give the folder into which Spider was unpacked.`, { cause })
  })
  const parsed = caseList.safeParse(JSON.parse(text))
  if (!parsed.success) {
    throw new Error(
      `${path} is not in Spider's format (a list of db_id, question, query): ${z.prettifyError(parsed.error)}`,
    )
  }
  return parsed.data.map(({ db_id, question, query }, index) => ({
    id: `${name.replace('.json', '')}-${index}`,
    database: db_id,
    question,
    gold: query,
    file: join(folder, 'database', db_id, `${db_id}.sqlite`),
  }))
}
