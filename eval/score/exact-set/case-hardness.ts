import { type DatasetCase, goldOf } from '../../datasets/dataset-case.ts'
import { openScorer } from '../open-scorer.ts'
import type { Hardness } from './hardness.ts'
import { scoreExactSet } from './score-exact-set.ts'
import type { SpiderSchema } from './spider-sql.ts'

/** Spider's class of every case's gold query; null where its parser cannot read it, or there is none. */
export async function caseHardness(cases: DatasetCase[], signal?: AbortSignal): Promise<(Hardness | null)[]> {
  const schemas = new Map<string, SpiderSchema>()
  const scorer = openScorer({ processes: 1 })
  try {
    for (const { file } of cases) if (!schemas.has(file)) schemas.set(file, await scorer.tables(file, signal))
  } finally {
    await scorer.close()
  }
  return cases.map((one) => {
    const pair = { gold: goldOf(one), predicted: '' }
    return scoreExactSet(pair, { schema: schemas.get(one.file) ?? new Map(), keys: new Map() })?.hardness ?? null
  })
}
