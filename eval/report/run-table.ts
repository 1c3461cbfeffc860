import type { RunReport } from '#core/evaluation/run-report.ts'
import { groupBy } from '#core/group-by.ts'
import type { RunRecord } from '#databases/state/evaluation-record.ts'
import type { EvaluationStore } from '#databases/state/evaluation-store.ts'
import { EVERYTHING } from '../run/configuration.ts'
import { readSetup, sameButConfiguration } from '../run/run-setup.ts'
import { buildReport } from './build-report.ts'
import { markdownTable } from './render-markdown.ts'
import { NO_ADAPTER } from './run-facts.ts'
import { interval, percent, points, pValue, seconds } from './say-figures.ts'

/**
 * Which runs a table shows: those that are named; without any the newest of each model and configuration on a data set (default Spider dev),
 * on all of it or on a sample of so many questions.
 */
export type TableRequest = { ids: string[]; data?: string; limit: number | null }

/** The reports of a table, oldest first. */
export function reportsOfTable(store: EvaluationStore, { ids, ...about }: TableRequest): RunReport[] {
  const named = ids.map((id) => store.find(id))
  const runs = named.length > 0 ? named : newestOfEach(store, about)
  return runs.map((run) => buildReport(store, run.id, comparedWith(store, run)?.id))
}

/**
 * The first of those that a run was started together with. For that one itself, and where it was removed: the newest with everything at work
 * that differs in its configuration alone, unless everything was at work in this one too.
 */
function comparedWith(store: EvaluationStore, run: RunRecord): RunRecord | undefined {
  const first = store.list({ groupId: run.groupId }).find(({ id }) => id === run.groupId && id !== run.id)
  if (first || run.label === EVERYTHING) return first
  const setup = readSetup(run.setup)
  const { limit, seed } = setup.data
  return finishedRuns(store, run.dataset).find((one) => {
    const other = readSetup(one.setup)
    const isSameSample = other.data.limit === limit && other.data.seed === seed
    return one.label === EVERYTHING && isSameSample && sameButConfiguration(other, setup)
  })
}

/** What a table is about where nothing is said. */
export const SPIDER_DEV = 'spider-dev'

function newestOfEach(store: EvaluationStore, { data = SPIDER_DEV, limit }: Omit<TableRequest, 'ids'>): RunRecord[] {
  const alike = finishedRuns(store, data).filter((run) => readSetup(run.setup).data.limit === limit)
  const kinds = groupBy(alike, (run) => {
    const { model } = readSetup(run.setup)
    return `${model.hash} ${model.adapter} ${run.label}`
  })
  return [...kinds.values()].flatMap(([newest]) => (newest ? [newest] : [])).reverse()
}

/** Newest first. */
function finishedRuns(store: EvaluationStore, dataset: string): RunRecord[] {
  return store.list({ dataset, status: 'finished', limit: 10_000 })
}

/** Runs as a Markdown table, a line each, newest last. */
export function runTable(reports: RunReport[]): string {
  const names = [
    'date',
    'data',
    'model',
    'what',
    'n',
    'EX (95 % interval)',
    'TS',
    'crashing',
    'no answer',
    'change, p',
    'p50, p95',
  ]
  const columns = names.map((name, index) => ({ name, align: index < 4 ? ('left' as const) : ('right' as const) }))
  return markdownTable(columns, reports.map(line))
}

function line({ run, ex, ts, shares, comparison, latency }: RunReport): string[] {
  const share = (name: string) => percent(shares.find((one) => one.name === name)?.percent ?? Number.NaN)
  return [
    run.startedAt.slice(0, 10),
    run.dataset,
    hasAdapter(run) ? `${run.model} with adapter` : run.model,
    run.label,
    String(ex.n),
    `${percent(ex.percent)} (${interval(ex)})`,
    ts ? `${percent(ts.percent)} of ${ts.n}` : '–',
    share('crashing'),
    share('no answer'),
    comparison ? `${points(comparison.change)}, ${pValue(comparison.p)}` : '–',
    `${seconds(latency.p50Ms)}, ${seconds(latency.p95Ms)}`,
  ]
}

function hasAdapter({ setup }: RunReport['run']): boolean {
  return setup.some(({ name, value }) => name === 'adapter' && value !== NO_ADAPTER)
}
