import { RowbotError } from '#core/rowbot-error.ts'
import type { Measured } from './measured.ts'
import { buildReport } from './report/build-report.ts'
import { renderText } from './report/render-text.ts'
import { reportBlocks } from './report/report-blocks.ts'
import { percent } from './report/say-figures.ts'
import { sideBySide } from './report/side-by-side.ts'
import { readConfigurations } from './run/configuration.ts'
import { type DataFiles, dataCases, dataName } from './run/data-cases.ts'
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

/** Questions of Spider, from the folder into which it was unpacked, or of another data set. */
export type AskedData = { spider: string; split: Split } | DataFiles

/** What to measure. */
export type SpiderRequest = AskedData & {
  limit: number | null
  seed: number
  without?: string
  compare?: string
  plain: boolean
  /** Whether the distilled databases are run too. */
  suite: boolean
  parallel: number
}

/** Runs configurations over a data set, prints the report of each and one line of JSON for each. */
export async function evaluateSpider(measured: Measured, request: SpiderRequest): Promise<string[]> {
  const configurations = readConfigurations({ ...request, effort: measured.settings.effort })
  const { limit, seed, suite, parallel } = request
  const isFile = 'data' in request
  const cases = await (isFile ? dataCases(request, request) : spiderCases(request.spider, request))
  if (suite && cases.every(({ suiteFiles }) => suiteFiles.length === 0)) throw noSuite()
  return reported(measured, (parts) =>
    evaluateConfigurations(parts, {
      kind: 'manual',
      dataset: isFile ? dataName(request) : `spider-${request.split}`,
      cases,
      sample: { limit, seed },
      ...(isFile && { files: { data: request.data, databases: request.databases } }),
      configurations,
      suite,
      parallel,
      onStart: ([first]) =>
        measured.print(`Run ${first}: ${cases.length} questions. After a stop: rowbot eval resume ${first}`),
    }),
  )
}

/** Goes on with a run on a data set that was interrupted. `spider` finds Spider, if it is one on Spider. */
export async function resumeSpider(
  measured: Measured,
  { id, spider }: { id: string; spider: () => Promise<string> },
): Promise<string[]> {
  const { id: runId } = measured.store.find(id)
  const casesOf = async ({ data }: RunSetup): Promise<RunCase[]> => {
    if (data.files) return dataCases(data.files, data)
    const split = SPLITS.find((one) => `spider-${one}` === data.name)
    if (!split) throw notResumed(runId, data.name)
    return spiderCases(await spider(), { split, ...data })
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
  const countOf = (name: string) => shares.find((share) => share.name === name)?.n ?? 0
  return JSON.stringify({
    run: run.id,
    label: run.label,
    n: ex.n,
    ex: rounded(ex.percent),
    ts: ts && rounded(ts.percent),
    crashed: countOf('crashing'),
    timedOut: countOf('too slow'),
  })
}

function noSuite(): RowbotError {
  return new RowbotError({
    code: 'dataset-missing',
    message: 'There are no distilled databases for these questions, so there is no test-suite accuracy (TS).',
    advice:
      'Leave --suite out. Those of Spider dev belong into the folder testsuite beside its databases: rowbot eval get spider.',
  })
}

function notResumed(id: string, data: string): RowbotError {
  return new RowbotError({
    code: 'run-not-resumed',
    message: `The run ${id} on ${data} cannot be gone on with.`,
    advice: 'Start a new one: the cases of your own are few (`rowbot eval mine`).',
  })
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
