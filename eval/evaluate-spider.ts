import type { Measured } from './measured.ts'
import { buildReport } from './report/build-report.ts'
import { renderText } from './report/render-text.ts'
import { reportBlocks } from './report/report-blocks.ts'
import { percent } from './report/say-figures.ts'
import { sideBySide } from './report/side-by-side.ts'
import { readConfigurations } from './run/configuration.ts'
import {
  type EvaluationParts,
  evaluateConfigurations,
  type Progress,
  resumeEvaluation,
} from './run/evaluate-configurations.ts'
import type { RunCase } from './run/run-case.ts'
import type { RunSetup } from './run/run-setup.ts'
import { SPLITS, type Split, spiderCases } from './run/spider-cases.ts'
import { withScorer } from './run/with-scorer.ts'

/** What to measure on Spider; `spider` is the folder into which it was unpacked. */
export type SpiderRequest = {
  spider: string
  split: Split
  limit: number | null
  seed: number
  without?: string
  compare?: string
  plain: boolean
  /** Whether the distilled databases are run too. */
  suite: boolean
  parallel: number
}

/** Runs configurations over Spider, prints the report of each and one line of JSON for each. */
export async function evaluateSpider(measured: Measured, request: SpiderRequest): Promise<string[]> {
  const configurations = readConfigurations({ ...request, effort: measured.settings.effort })
  const cases = await spiderCases(request.spider, request)
  const { limit, seed, suite, parallel, split } = request
  return reported(measured, (parts) =>
    evaluateConfigurations(parts, {
      kind: 'manual',
      dataset: `spider-${split}`,
      cases,
      sample: { limit, seed },
      configurations,
      suite,
      parallel,
      onStart: ([first]) =>
        measured.print(`Run ${first}: ${cases.length} questions. After a stop: rowbot eval resume ${first}`),
    }),
  )
}

/** Goes on with a run on Spider that was interrupted. */
export async function resumeSpider(
  measured: Measured,
  { id, spider }: { id: string; spider: string },
): Promise<string[]> {
  const { id: runId } = measured.store.find(id)
  const casesOf = ({ data }: RunSetup): Promise<RunCase[]> => {
    const split = SPLITS.find((one) => `spider-${one}` === data.name)
    if (!split) throw new Error(`run ${runId} is not of Spider but of ${data.name}`)
    return spiderCases(spider, { split, ...data })
  }
  return reported(measured, (parts) => resumeEvaluation(parts, runId, casesOf))
}

/** Runs, with progress while it lasts, then prints what they measured: the last lines are JSON, one for each run. */
export async function reported(
  measured: Measured,
  work: (parts: EvaluationParts) => Promise<string[]>,
): Promise<string[]> {
  const { store, print, progress } = measured
  try {
    const ids = await withScorer(measured, (parts) =>
      work({ ...parts, onProgress: (now) => progress(progressText(now)) }),
    )
    progress('')
    for (const id of ids) print(renderText(reportBlocks(buildReport(store, id, id === ids[0] ? undefined : ids[0]))))
    if (ids.length > 1) print(renderText(sideBySide(ids.map((id) => buildReport(store, id, ids[0])))))
    for (const id of ids) print(jsonLine(store, id))
    return ids
  } catch (error) {
    progress('')
    throw error
  }
}

/** How far it is, in a line. */
function progressText({ planned, done, right, leftMs }: Progress): string {
  const left = leftMs === null ? '' : `, ${duration(leftMs)} left`
  return `${done} of ${planned}, ${percent((100 * right) / Math.max(1, done))} % right so far${left}`
}

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 1) return 'less than a minute'
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`
}

function jsonLine(store: Measured['store'], id: string): string {
  const { run, ex, ts, shares } = buildReport(store, id)
  const crashed = shares.find(({ name }) => name === 'crashing')?.n ?? 0
  return JSON.stringify({
    run: run.id,
    label: run.label,
    n: ex.n,
    ex: rounded(ex.percent),
    ts: ts && rounded(ts.percent),
    crashed,
  })
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
