import { join } from 'node:path'
import { isHeldBack } from '../datasets/held-back.ts'
import { readSpider } from '../datasets/spider.ts'
import { prepareCases } from './prepare-cases.ts'
import type { RunCase } from './run-case.ts'

/** dev: 1034 questions. train: all of train. held-back: those of train on databases that nothing is trained on. */
export const SPLITS = ['dev', 'train', 'held-back'] as const

export type Split = (typeof SPLITS)[number]

/** Cases of Spider as they are asked; the distilled databases of dev lie in the folder's `testsuite`. */
export async function spiderCases(
  folder: string,
  { split, limit, seed }: { split: Split; limit: number | null; seed: number },
): Promise<RunCase[]> {
  const all = await readSpider(folder, split === 'held-back' ? 'train-spider' : split)
  const wanted = split === 'held-back' ? all.filter((one) => isHeldBack(one.database)) : all
  return prepareCases(wanted, {
    limit,
    seed,
    suite: split === 'dev' ? join(folder, 'testsuite') : null,
    source: folder,
  })
}
