import { createHash } from 'node:crypto'
import heldBack from '../held-back.json' with { type: 'json' }
import type { DatasetCase } from './dataset-case.ts'
import { readSpider } from './spider.ts'

/**
 * Questions on the held-back databases of Spider train, which nothing is ever trained on: the first `limit` by a hash of their text, so
 * that a smaller sample is part of every larger one. Questions of one database stand together, as they are asked.
 */
export async function readHeldBack(spiderFolder: string, limit: number): Promise<DatasetCase[]> {
  const all = await readSpider(spiderFolder, 'train-spider')
  const sample = all
    .filter((one) => isHeldBack(one.database))
    .map((one) => ({
      one,
      key: createHash('sha256').update(`${one.database}\n${one.question}\n${one.id}`).digest('hex'),
    }))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .slice(0, limit)
    .map(({ one }) => one)
  return sample.sort((left, right) => left.database.localeCompare(right.database) || left.id.localeCompare(right.id))
}

/** Whether a database of Spider train is kept for measuring: nothing of it is ever trained on. */
export function isHeldBack(database: string): boolean {
  return heldBack.databases.includes(database)
}
