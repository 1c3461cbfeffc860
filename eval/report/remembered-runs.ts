import type { CaseAttempt, CaseRow, CaseView, Evaluations } from '#core/evaluation/evaluations.ts'
import type { ReportChart } from '#core/evaluation/report-chart.ts'
import { groupBy } from '#core/group-by.ts'
import type { ResultRecord, RunRecord } from '#databases/state/evaluation-record.ts'
import type { EvaluationStore } from '#databases/state/evaluation-store.ts'
import type { KeptAttempt } from '#databases/state/question-record.ts'
import { FAULTS, type Fault } from '../run/classify-fault.ts'
import { readSetup } from '../run/run-setup.ts'
import { buildReport } from './build-report.ts'
import type { LeanResult } from './lean-result.ts'
import { runFacts } from './run-facts.ts'
import { percent } from './say-figures.ts'

/** The runs in a store, as people look at them. */
export function rememberedRuns(store: EvaluationStore): Evaluations {
  const isKnown = (id: string) => store.list({ limit: MOST_RUNS }).some((run) => run.id === id)
  return {
    list: () => store.list().map((run) => runFacts(store, run)),
    report: (id, against) => {
      if (!isKnown(id) || (against !== null && !isKnown(against))) return null
      return buildReport(store, id, against ?? undefined)
    },
    cases: (id) => [...rowsOf(store.results(id))],
    case: (id, ordinal) => {
      const result = store.result(id, ordinal)
      return result ? caseView(result) : null
    },
    trend: () => trendOf(store),
  }
}

const MOST_RUNS = 100_000
const TREND_RUNS = 40

function* rowsOf(results: Iterable<LeanResult>): Iterable<CaseRow> {
  for (const result of results) yield caseRow(result)
}

function caseRow({ ordinal, case: { database, question }, verdict, fault }: LeanResult): CaseRow {
  const said = verdict === 'gold-failed' ? 'the gold query failed' : verdict.replace('-', ' ')
  const outcome = fault === null ? said : `${said}: ${FAULTS[fault as Fault] ?? fault}`
  return { ordinal, database, question, isRight: verdict === 'right', outcome }
}

function caseView(result: ResultRecord): CaseView {
  const { case: one, sql, message, suiteRight, ms, tokens, trace } = result
  const suite =
    suiteRight === null ? null : suiteRight ? 'right on all distilled databases' : 'wrong on a distilled database'
  const attempts = (trace?.attempts ?? []).map(attemptView)
  return { ...caseRow(result), gold: one.gold, sql, message, suite, ms, tokens, tables: trace?.tables ?? [], attempts }
}

const LABELS: Record<string, string> = { first: 'First query', sample: 'Sample', repair: 'Repair' }

function attemptView({ candidate, outcome, notes, ms }: KeptAttempt): CaseAttempt {
  const written = 'written' in candidate && typeof candidate.written === 'string' ? candidate.written : null
  return {
    label: LABELS[candidate.origin] ?? candidate.origin,
    sql: candidate.sql,
    written: written === candidate.sql ? null : written,
    ok: outcome.kind === 'rows',
    outcome: outcome.kind === 'rows' ? counted(outcome.rowCount) : outcome.message,
    notes,
    ms,
  }
}

/** What runs have in common that can stand in one line. */
function seriesOf({ kind, dataset, label, planned, setup }: RunRecord): string {
  const { model, data } = readSetup(setup)
  return JSON.stringify([kind, dataset, label, planned, model.hash, model.adapter, data.limit, data.seed])
}

function counted(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`
}

/**
 * Of finished runs that differ in nothing but the code: those of the nights, as soon as there are two, else those that are like the newest.
 */
function trendOf(store: EvaluationStore): ReportChart | null {
  const series = [...groupBy(store.list({ status: 'finished', limit: MOST_RUNS }), seriesOf).values()]
  const alike = series.find(([one, other]) => one?.kind === 'nightly' && other) ?? series[0] ?? []
  const [newest] = alike
  if (!newest) return null
  const points = alike
    .slice(0, TREND_RUNS)
    .flatMap((run) => {
      const { percent: share } = runFacts(store, run)
      return share === null ? [] : [{ x: run.startedAt, y: share, series: null }]
    })
    .reverse()
  if (points.length < 2) return null
  const [first, last] = [points[0]?.y ?? 0, points.at(-1)?.y ?? 0]
  const what = `${newest.dataset}, ${newest.label}, ${newest.planned} questions`
  return {
    kind: 'line',
    title: 'Execution accuracy',
    x: { name: 'run', type: 'time', unit: 'day' },
    y: { name: 'EX in percent' },
    points,
    peak: null,
    alt: `Execution accuracy (${what}) over the last ${points.length} runs: from ${percent(first)} to ${percent(last)} percent`,
    kinds: ['line'],
  }
}
