import { z } from 'zod'
import floorFile from './floor.json' with { type: 'json' }
import type { Measured } from './measured.ts'
import { buildReport } from './report/build-report.ts'
import { percent, seconds } from './report/say-figures.ts'
import { readConfigurations } from './run/configuration.ts'
import { evaluateConfigurations } from './run/evaluate-configurations.ts'
import { SPLITS, spiderCases } from './run/spider-cases.ts'
import { withScorer } from './run/with-scorer.ts'

/** Which questions are asked, how many, and the EX in percent that was once measured on them; null: not measured yet. */
const floorShape = z.object({ split: z.enum(SPLITS), n: z.number().int().min(1), score: z.number().nullable() })

export type Floor = z.output<typeof floorShape>

/** The floor that this version must not fall under. */
export const standardFloor: Floor = floorShape.parse(floorFile)

/** Three standard errors below the score that was measured: chance alone almost never gets there. Null where none was. */
export function lowest({ n, score }: Floor): number | null {
  if (score === null) return null
  const share = score / 100
  return score - 300 * Math.sqrt((share * (1 - share)) / n)
}

/** Asks the same questions at every change, and says whether the score is above the floor. */
export async function checkFloor(
  measured: Measured,
  { spider, floor }: { spider: string; floor: Floor },
): Promise<boolean> {
  const { split, n } = floor
  const sample = { limit: n, seed: 0 }
  const cases = await spiderCases(spider, { split, ...sample })
  const configurations = readConfigurations({ effort: measured.settings.effort })
  const about = { kind: 'check' as const, dataset: `spider-${split}`, cases, sample, configurations }
  const [id = ''] = await withScorer(measured, (parts) =>
    evaluateConfigurations(
      { ...parts, onProgress: ({ done, planned }) => measured.progress(`${done} of ${planned}`) },
      { ...about, suite: false, parallel: 1 },
    ),
  )
  measured.progress('')
  const { ex, latency } = buildReport(measured.store, id)
  const least = lowest(floor)
  const isAbove = least === null || ex.percent >= least
  const said = least === null ? 'no floor is set yet' : `the floor is ${percent(least)}`
  measured.print(
    `${ex.hits} of ${ex.n} questions right: ${percent(ex.percent)}; ${said}. p50 ${seconds(latency.p50Ms)}, p95 ${seconds(latency.p95Ms)}.`,
  )
  measured.print(JSON.stringify({ n: ex.n, ex: Math.round(100 * ex.percent) / 100, floor: least, ok: isAbove }))
  return isAbove
}
