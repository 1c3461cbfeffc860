import type { CaseView, Evaluations } from '#core/evaluation/evaluations.ts'
import type { ChangedCase, RunFacts, RunReport, Share } from '#core/evaluation/run-report.ts'

const HOSTILE = 'How many <img src=x onerror="document.title=\'owned\'"> are there?'

/** A question that the later run newly broke. */
export const changedCase: ChangedCase = {
  ordinal: 1,
  database: 'concert_singer',
  question: HOSTILE,
  gold: 'SELECT count(*) FROM singer',
  before: 'SELECT count(*) FROM singer',
  after: null,
}

/** Two runs of a benchmark, the later one worse, with a question and a query that try to be markup. */
export const scriptedEvaluations: Evaluations = {
  list: () => [run('later', 58), run('earlier', 62)],
  report: (id, against) => (isKnown(id) && (against === null || isKnown(against)) ? report(id, against) : null),
  cases: (id) => (isKnown(id) ? [oneCase(0, true), oneCase(1, false)] : []),
  case: (id, ordinal) => (isKnown(id) && ordinal <= 1 ? oneCase(ordinal, ordinal === 0) : null),
  trend: () => ({
    kind: 'line',
    title: 'Execution accuracy',
    x: { name: 'run', type: 'time', unit: 'day' },
    y: { name: 'EX in percent' },
    points: [
      { x: '2026-11-26T02:30:00Z', y: 62, series: null },
      { x: '2026-11-27T02:30:00Z', y: 58, series: null },
    ],
    peak: null,
    alt: 'Execution accuracy over the last 2 runs: from 62.0 to 58.0 percent',
    kinds: ['line'],
  }),
}

const isKnown = (id: string) => id === 'later' || id === 'earlier'

function run(id: string, percent: number): RunFacts {
  return {
    id,
    groupId: id,
    dataset: 'spider-dev',
    label: 'everything',
    kind: 'nightly',
    status: 'finished',
    failure: null,
    pinned: id === 'earlier',
    startedAt: id === 'later' ? '2026-11-27T02:30:00Z' : '2026-11-26T02:30:00Z',
    finishedAt: '2026-11-27T03:00:00Z',
    planned: 100,
    done: 100,
    percent,
    model: 'rowbot-embedded',
    setup: [
      { name: 'model', value: 'rowbot-embedded (0123456789ab)' },
      { name: 'hardware', value: 'AMD EPYC, 2 cores, 25 GB, GPU: none' },
    ],
  }
}

function share(hits: number, n: number): Share {
  return { hits, n, percent: (100 * hits) / n, low: (100 * hits) / n - 9, high: (100 * hits) / n + 9 }
}

function report(id: string, against: string | null): RunReport {
  return {
    run: run(id, 58),
    isPartial: false,
    ex: share(58, 100),
    ts: share(51, 94),
    exOverDatabases: { low: 44, high: 70 },
    shares: [
      { name: 'crashing', n: 2, percent: 2 },
      { name: 'no answer', n: 5, percent: 5 },
    ],
    hardness: [
      { name: 'easy', share: share(22, 25) },
      { name: 'extra', share: share(4, 16) },
    ],
    databases: [{ name: 'concert_singer', share: share(20, 45) }],
    faults: [{ name: 'other filter or value', n: 17 }],
    latency: { p50Ms: 800, p95Ms: 5_200 },
    tokensPerSecond: 41.2,
    stages: [
      { stage: 'first query as written', right: 44, won: 0, lost: 0 },
      { stage: 'fitted to names and values', right: 55, won: 12, lost: 1 },
    ],
    comparison:
      against === null
        ? null
        : {
            against: run(against, 62),
            n: 100,
            before: 62,
            after: 58,
            change: -4,
            broken: 6,
            fixed: 2,
            p: 0.289,
            isSignificant: false,
            overDatabases: null,
            newlyBroken: [changedCase],
            newlyFixed: [],
          },
  }
}

function oneCase(ordinal: number, isRight: boolean): CaseView {
  return {
    ordinal,
    database: 'concert_singer',
    question: isRight ? 'How many singers are there?' : HOSTILE,
    isRight,
    outcome: isRight ? 'right' : 'wrong: other filter or value',
    gold: 'SELECT count(*) FROM singer',
    sql: isRight ? 'SELECT count(*) FROM singer' : "SELECT '<script>document.title = 1</script>' FROM singer",
    message: null,
    suite: null,
    ms: 812,
    tokens: 14,
    tables: ['singer', 'concert'],
    attempts: [
      {
        label: 'First query',
        sql: 'SELECT count(*) FROM singer',
        written: 'SELECT count(*) FROM singers',
        ok: true,
        outcome: '1 row',
        notes: ['“singers” was read as singer.'],
        ms: 3,
      },
    ],
  }
}
