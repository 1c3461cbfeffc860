import type { Measured } from './measured.ts'
import { readConfigurations } from './run/configuration.ts'
import { type EvaluationParts, evaluateConfigurations, resumeEvaluation } from './run/evaluate-configurations.ts'
import { spiderCases } from './run/spider-cases.ts'
import { withScorer } from './run/with-scorer.ts'

export type NightRequest = {
  spider: string
  /** How many questions of dev; null: all. */
  limit: number | null
  /** The run that is to go on; null: a new one. */
  resume: string | null
  onStart: (runId: string) => void
  whenFree: (signal: AbortSignal) => Promise<void>
}

/** The nightly run: Spider dev as people are answered, with the distilled databases where they are there. */
export async function evaluateNight(measured: Measured, { spider, limit, resume, onStart, whenFree }: NightRequest) {
  const sample = { limit, seed: 0 }
  const cases = await spiderCases(spider, { split: 'dev', ...sample })
  await withScorer(measured, async (parts) => {
    const onProgress: EvaluationParts['onProgress'] = ({ done, planned }) => measured.progress(`${done} of ${planned}`)
    const patient: EvaluationParts = { ...parts, whenFree, onProgress }
    if (resume !== null) return resumeEvaluation(patient, resume, async () => cases)
    const suite = cases.some(({ suiteFiles }) => suiteFiles.length > 0)
    const configurations = readConfigurations({ effort: measured.settings.effort })
    const started = ([first]: string[]) => first !== undefined && onStart(first)
    const request = {
      kind: 'nightly' as const,
      dataset: 'spider-dev',
      cases,
      sample,
      configurations,
      suite,
      parallel: 1,
    }
    return evaluateConfigurations(patient, { ...request, onStart: started })
  })
}
