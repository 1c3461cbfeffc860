import type { ReportChart } from '#core/evaluation/report-chart.ts'
import type { ChangedCase, Comparison, RunReport, Share } from '#core/evaluation/run-report.ts'
import { interval, percent, points, pValue, seconds } from './say-figures.ts'

/** A piece of a report; each way of writing it down (terminal, Markdown, HTML) renders these. All texts are plain. */
export type Block =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'table'; columns: Column[]; rows: string[][] }
  | { kind: 'chart'; chart: ReportChart }
  | { kind: 'changes'; changes: ChangedCase[]; cut: string | null }

export type Column = { name: string; align: 'left' | 'right' }

const MOST_CHANGES = 25
const WORST_DATABASES = 10

/** The report of a run in the order in which it is read. */
export function reportBlocks(report: RunReport): Block[] {
  const { run, isPartial, ex, comparison } = report
  return [
    heading(1, `Run ${run.id}: ${run.dataset}, ${run.label}`),
    ...(isPartial ? [text(partial(report))] : []),
    ...(run.failure ? [text(`It ended early: ${run.failure}`)] : []),
    ...(ex.n === 0 ? [] : figures(report)),
    ...(comparison ? comparisonBlocks(comparison) : []),
    ...(ex.n === 0 ? [] : details(report)),
    heading(2, 'How it was measured'),
    table(
      ['', ''],
      run.setup.map(({ name, value }) => [name, value]),
    ),
  ]
}

function partial({ run }: RunReport): string {
  return `Partial: ${run.done} of ${run.planned} questions were asked. All figures are of these only.`
}

function figures({ ex, ts, exOverDatabases, shares, latency, tokensPerSecond }: RunReport): Block[] {
  const across = exOverDatabases
    ? `${percent(exOverDatabases.low)} to ${percent(exOverDatabases.high)} over databases`
    : ''
  return [
    table(
      ['', 'value', '95 % interval'],
      [
        [
          'execution accuracy (EX)',
          `${percent(ex.percent)} (${ex.hits} of ${ex.n})`,
          `${interval(ex)}${across && `; ${across}`}`,
        ],
        ...(ts ? [['test-suite accuracy (TS)', `${percent(ts.percent)} (${ts.hits} of ${ts.n})`, interval(ts)]] : []),
        ...shares.map(({ name, n, percent: share }) => [name, `${percent(share)} (${n})`, '']),
        ['time of an answer', `p50 ${seconds(latency.p50Ms)}, p95 ${seconds(latency.p95Ms)}`, ''],
        ...(tokensPerSecond === null
          ? []
          : [['tokens written per second of the model', tokensPerSecond.toFixed(1), '']]),
      ],
      [1, 2],
    ),
    text(
      `Intervals are Wilson’s; those over databases are a cluster bootstrap.${ts && ts.n < ex.n ? ` TS leaves out ${ex.n - ts.n} questions that have no distilled databases.` : ''}`,
    ),
  ]
}

function comparisonBlocks(comparison: Comparison): Block[] {
  const { against, n, before, after, change, broken, fixed, p, isSignificant, overDatabases } = comparison
  const across = overDatabases
    ? ` Over databases the change lies between ${points(overDatabases.low)} and ${points(overDatabases.high)}.`
    : ''
  return [
    heading(2, `Against ${against.id} (${against.label})`),
    text(
      `${percent(before)} before, ${percent(after)} now, on the ${n} questions that both have: ${points(change)} points. ${
        isSignificant ? 'A significant change' : 'No significant change'
      } (${broken} newly broken, ${fixed} newly fixed, exact McNemar test p = ${pValue(p)}).${across}`,
    ),
    ...changes('Newly broken', comparison.newlyBroken),
    ...changes('Newly fixed', comparison.newlyFixed),
  ]
}

function changes(title: string, all: ChangedCase[]): Block[] {
  if (all.length === 0) return []
  const cut = all.length > MOST_CHANGES ? `The first ${MOST_CHANGES} of ${all.length}.` : null
  return [heading(2, title), { kind: 'changes', changes: all.slice(0, MOST_CHANGES), cut }]
}

function details({ hardness, databases, faults, stages }: RunReport): Block[] {
  const shares = (rows: { name: string; share: Share }[]) =>
    rows.map(({ name, share }) => [name, String(share.n), percent(share.percent), interval(share)])
  return [
    ...(hardness.length > 0
      ? [heading(2, 'Hardness'), table(['', 'n', 'EX', '95 % interval'], shares(hardness), [1, 2, 3])]
      : []),
    heading(2, 'What each stage gave'),
    table(
      ['', 'right', 'won', 'lost'],
      stages.map(({ stage, right, won, lost }) => [stage, String(right), String(won), String(lost)]),
      [1, 2, 3],
    ),
    ...(faults.length > 0
      ? [
          heading(2, 'What went wrong'),
          table(
            ['', 'n'],
            faults.map(({ name, n }) => [name, String(n)]),
            [1],
          ),
          bars(
            'What went wrong',
            'questions',
            faults.map(({ name, n }) => ({ x: name, y: n })),
          ),
        ]
      : []),
    heading(2, databases.length > WORST_DATABASES ? `The ${WORST_DATABASES} worst databases` : 'Databases'),
    table(['', 'n', 'EX', '95 % interval'], shares(databases.slice(0, WORST_DATABASES)), [1, 2, 3]),
    bars(
      'Execution accuracy by database',
      'EX in percent',
      databases.map(({ name, share }) => ({ x: name, y: share.percent })),
    ),
  ]
}

function bars(title: string, y: string, marks: { x: string; y: number }[]): Block {
  const alt = `${title}: ${marks.map((mark) => `${mark.x} ${Math.round(mark.y)}`).join(', ')}`
  const x = { name: '', type: 'category' as const }
  const chart = { kind: 'bar' as const, title, x, y: { name: y }, peak: null, alt, kinds: ['bar' as const] }
  return { kind: 'chart', chart: { ...chart, points: marks.map((mark) => ({ ...mark, series: null })) } }
}

function heading(level: 1 | 2, words: string): Block {
  return { kind: 'heading', level, text: words }
}

function text(words: string): Block {
  return { kind: 'text', text: words }
}

/** `right` are the columns that hold figures. */
export function table(names: string[], rows: string[][], right: number[] = []): Block {
  const columns = names.map((name, index) => ({
    name,
    align: right.includes(index) ? ('right' as const) : ('left' as const),
  }))
  return { kind: 'table', columns, rows }
}
