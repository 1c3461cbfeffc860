import type { NightPost } from '#core/evaluation/night-post.ts'
import type { ReportChart } from '#core/evaluation/report-chart.ts'
import type { Comparison, RunReport } from '#core/evaluation/run-report.ts'
import type { NightRecord, RunRecord } from '#databases/state/evaluation-record.ts'
import type { EvaluationStore } from '#databases/state/evaluation-store.ts'
import type { NightStore } from '#databases/state/night-store.ts'
import { buildReport } from '../report/build-report.ts'
import { interval, percent, points, pValue, seconds } from '../report/say-figures.ts'

type Parts = { store: EvaluationStore; nights: NightStore }

const MOST_BROKEN = 3
const WORST = 3
const TREND_NIGHTS = 30

/** What is to be said about a night that is over. */
export function composeNightPost({ store, nights }: Parts, night: NightRecord): NightPost {
  const earlier = nights.list(TREND_NIGHTS + 1).filter((one) => one.night < night.night)
  const missed = missedBefore(earlier)
  const run = night.runId === null ? null : store.find(night.runId)
  if (night.status !== 'done' || run === null) return failedPost(night, run, missed)
  const before = earlier.map((one) => one.runId).find((id) => id !== null && isComparable(store, id, run))
  const report = buildReport(store, run.id, before ?? undefined)
  const [baseline] = store.list({ dataset: run.dataset, pinned: true, limit: 1 })
  const pinned = baseline && baseline.id !== run.id ? buildReport(store, run.id, baseline.id).comparison : null
  const comparisons = [report.comparison, pinned].filter((one) => one !== null)
  const isDrop = comparisons.some(({ isSignificant, change }) => isSignificant && change < 0)
  const isGain = !isDrop && comparisons.some(({ isSignificant }) => isSignificant)
  return {
    night: night.night,
    headline: headline(report),
    tone: isDrop ? 'bad' : isGain ? 'good' : 'neutral',
    sections: [...endedEarly(night), ...sections(report, { pinned, missed })],
    trend: trend(store, run, [night, ...earlier]),
    broken: (report.comparison?.newlyBroken ?? []).slice(0, MOST_BROKEN),
    isAlarm: isDrop,
    runId: run.id,
  }
}

function isComparable(store: EvaluationStore, id: string, run: RunRecord): boolean {
  const other = store.find(id)
  return other.id !== run.id && other.dataset === run.dataset && store.progress(id).done > 0
}

/** Nights without a run since the last one that had one. */
function missedBefore(earlier: NightRecord[]): string[] {
  const last = earlier.findIndex(({ status }) => status !== 'missed')
  return earlier
    .slice(0, last < 0 ? earlier.length : last)
    .map(({ night }) => night)
    .reverse()
}

function failedPost({ night, failure }: NightRecord, run: RunRecord | null, missed: string[]): NightPost {
  const why = failure ?? (run?.failure ? `${run.failure.message} ${run.failure.advice}` : 'Why is not known.')
  return {
    night,
    headline: `The nightly benchmark of ${night} failed.`,
    tone: 'bad',
    sections: [{ heading: 'Why', lines: [why] }, ...missedSection(missed)],
    trend: null,
    broken: [],
    isAlarm: true,
    runId: run?.id ?? null,
  }
}

function endedEarly({ failure }: NightRecord): NightPost['sections'] {
  return failure === null ? [] : [{ heading: 'Why partial', lines: [failure] }]
}

function headline({ run, ex, isPartial, comparison }: RunReport): string {
  const partial = isPartial ? `Partial run, ${run.done} of ${run.planned} questions. ` : ''
  const change = comparison ? `; ${sayChange(comparison, 'since the last run')}` : ''
  return `${partial}Execution accuracy on ${run.dataset}: ${percent(ex.percent)} (95 % interval ${interval(ex)}, n = ${ex.n})${change}.`
}

function sayChange({ change, p, isSignificant, n }: Comparison, since: string): string {
  const said = `${points(change)} points ${since}`
  if (!isSignificant) return `${said}: no significant change (p = ${pValue(p)}, ${n} questions)`
  return `${said}: a significant ${change < 0 ? 'drop' : 'gain'} (p = ${pValue(p)}, ${n} questions)`
}

function sections(
  report: RunReport,
  { pinned, missed }: { pinned: Comparison | null; missed: string[] },
): NightPost['sections'] {
  const { run, ts, shares, hardness, databases, faults, latency, tokensPerSecond, comparison } = report
  const compared = [
    ...(ts ? [`Test-suite accuracy ${percent(ts.percent)} (${interval(ts)}, n = ${ts.n})`] : []),
    ...(comparison
      ? [`${comparison.broken} newly broken, ${comparison.fixed} newly fixed since ${comparison.against.id}`]
      : []),
    ...(pinned ? [sayChange(pinned, `since the pinned run ${pinned.against.id}`)] : []),
  ]
  const failing = shares.map(({ name, n, percent: share }) => `${name} ${percent(share)} % (${n})`)
  const speed = tokensPerSecond === null ? '' : `, ${tokensPerSecond.toFixed(1)} tokens/s`
  return [
    ...(compared.length > 0 ? [{ heading: 'Compared', lines: compared }] : []),
    ...(hardness.length > 0
      ? [
          {
            heading: 'By hardness',
            lines: [hardness.map(({ name, share }) => `${name} ${percent(share.percent)}`).join(' · ')],
          },
        ]
      : []),
    { heading: 'Failing', lines: [failing.join(' · ')] },
    { heading: 'Speed', lines: [`p50 ${seconds(latency.p50Ms)}, p95 ${seconds(latency.p95Ms)}${speed}`] },
    {
      heading: 'Worst databases',
      lines: [
        databases
          .slice(0, WORST)
          .map(({ name, share }) => `${name} ${percent(share.percent)} of ${share.n}`)
          .join(' · '),
      ],
    },
    ...(faults.length > 0
      ? [{ heading: 'What went wrong', lines: [faults.map(({ name, n }) => `${name} ${n}`).join(' · ')] }]
      : []),
    ...missedSection(missed),
    { heading: 'Measured with', lines: run.setup.map(({ name, value }) => `${name}: ${value}`) },
  ]
}

function missedSection(missed: string[]): NightPost['sections'] {
  if (missed.length === 0) return []
  return [{ heading: 'Missed', lines: [`No run in the nights of ${missed.join(', ')}: Rowbot was not at work then.`] }]
}

/** A point for every night that asked all the questions that this one was to ask, oldest first; null where there is only one. */
function trend(store: EvaluationStore, tonight: RunRecord, newestFirst: NightRecord[]): ReportChart | null {
  const points = newestFirst.flatMap(({ night, runId }) => {
    if (runId === null) return []
    const { dataset, planned } = store.find(runId)
    const { done, right } = store.progress(runId)
    const isAlike = dataset === tonight.dataset && planned === tonight.planned && done === planned
    return !isAlike ? [] : [{ x: `${night}T00:00:00Z`, y: (100 * right) / done, series: null }]
  })
  const [newest] = points
  const oldest = points.at(-1)
  if (!newest || !oldest || points.length < 2) return null
  return {
    kind: 'line',
    title: 'Execution accuracy per night',
    x: { name: 'night', type: 'time', unit: 'day' },
    y: { name: 'EX in percent' },
    points: points.reverse(),
    peak: null,
    alt: `Execution accuracy of the last ${points.length} nights, from ${percent(oldest.y)} to ${percent(newest.y)} percent`,
    kinds: ['line'],
  }
}
