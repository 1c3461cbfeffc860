import { readFileSync, writeFileSync } from 'node:fs'
import type { RunReport } from '#core/evaluation/run-report.ts'
import { groupBy } from '#core/group-by.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import type { RunRecord } from '#databases/state/evaluation-record.ts'
import type { EvaluationStore } from '#databases/state/evaluation-store.ts'
import { readSetup } from '../run/run-setup.ts'
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
  return runs.map((run) => buildReport(store, run.id, firstOfGroup(store, run)))
}

/** The run that others were started together with; nothing for that one itself, or where it was removed. */
function firstOfGroup(store: EvaluationStore, { id, groupId }: RunRecord): string | undefined {
  return store.list({ groupId }).find((one) => one.id === groupId && one.id !== id)?.id
}

const SPIDER_DEV = 'spider-dev'

function newestOfEach(store: EvaluationStore, { data = SPIDER_DEV, limit }: Omit<TableRequest, 'ids'>): RunRecord[] {
  const alike = store
    .list({ dataset: data, status: 'finished', limit: 10_000 })
    .filter((run) => readSetup(run.setup).data.limit === limit)
  const kinds = groupBy(alike, (run) => {
    const { model } = readSetup(run.setup)
    return `${model.hash} ${model.adapter} ${run.label}`
  })
  return [...kinds.values()].flatMap(([newest]) => (newest ? [newest] : [])).reverse()
}

/** Runs as a Markdown table, a line each, newest last; the change is against the first of those that were started together. */
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

const END = '<!-- /runs -->'

/** Names the command, so that one document can hold several tables. */
function beginOf({ data = SPIDER_DEV, limit }: TableRequest): string {
  const about = `${data === SPIDER_DEV ? '' : ` --data ${data}`}${limit === null ? '' : ` --limit ${limit}`}`
  return `<!-- runs: made by \`rowbot eval table${about}\` -->`
}

/** Puts a table between the two marks of a Markdown file, in place of the one that stands there. */
export function putTable(file: string, table: string, request: TableRequest): void {
  const text = readFileSync(file, 'utf8')
  const mark = beginOf(request)
  const begin = text.indexOf(mark)
  const end = text.indexOf(END, begin)
  if (begin < 0 || end < begin) throw withoutMarks(file, mark)
  writeFileSync(file, `${text.slice(0, begin)}${mark}\n\n${table}\n\n${text.slice(end)}`)
}

function withoutMarks(file: string, mark: string): RowbotError {
  return new RowbotError({
    code: 'no-marks',
    message: `${file} has no place for the table.`,
    advice: `Put these two lines where it belongs: ${mark} and ${END}`,
  })
}
