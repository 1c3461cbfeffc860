import heldBack from '../held-back.json' with { type: 'json' }
import { chooseCases } from './choose-cases.ts'
import type { DatasetCase } from './dataset-case.ts'
import { readSpider } from './spider.ts'

/** So many questions on the held-back databases of Spider train, which nothing is ever trained on, in an order that is always the same. */
export async function readHeldBack(spiderFolder: string, limit: number): Promise<DatasetCase[]> {
  const all = await readSpider(spiderFolder, 'train-spider')
  const kept = all.filter(({ database }) => isHeldBack(database))
  return chooseCases(kept, { limit, seed: 0 }).sort(
    (left, right) => left.database.localeCompare(right.database) || left.id.localeCompare(right.id),
  )
}

/** Whether a database of Spider train is kept for measuring: nothing of it is ever trained on. */
export function isHeldBack(database: string): boolean {
  return heldBack.databases.includes(database)
}
