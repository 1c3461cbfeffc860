import { join } from 'node:path'
import { readSpider } from '../datasets/spider.ts'
import { suiteFiles } from '../datasets/suite-files.ts'
import heldBack from '../held-back.json' with { type: 'json' }
import { caseHardness } from '../score/exact-set/case-hardness.ts'
import { chooseCases } from './choose-cases.ts'
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
  const wanted = split === 'held-back' ? all.filter((one) => heldBack.databases.includes(one.database)) : all
  const sample = chooseCases(
    wanted.map((one) => ({ ...one, suiteFiles: [], hardness: null })),
    { limit, seed },
  )
  const hardness = await caseHardness(sample)
  const chosen = sample.map((one, at) => ({ ...one, hardness: hardness[at] ?? null }))
  if (split !== 'dev') return chosen
  const suites = new Map<string, string[]>()
  for (const { database } of chosen) {
    if (!suites.has(database)) suites.set(database, await suiteFiles(join(folder, 'testsuite'), database))
  }
  return chosen.map((one) => ({ ...one, suiteFiles: suites.get(one.database) ?? [] }))
}
