import type { RunReport } from '#core/evaluation/run-report.ts'
import { type Block, table } from './report-blocks.ts'
import { interval, percent, points, pValue, seconds } from './say-figures.ts'

/** Several runs in one table, a run a line; the change is against the run that they were compared with. */
export function sideBySide(reports: RunReport[]): Block[] {
  const names = ['run', 'what', 'n', 'EX', '95 % interval', 'TS', 'crashing', 'no answer', 'change', 'p', 'p50', 'p95']
  const rows = reports.map(({ run, ex, ts, shares, comparison, latency }) => {
    const shareOf = (name: string) => percent(shares.find((share) => share.name === name)?.percent ?? Number.NaN)
    const isOther = comparison !== null && comparison.against.id !== run.id
    return [
      run.id,
      run.label,
      String(ex.n),
      percent(ex.percent),
      interval(ex),
      ts ? percent(ts.percent) : '–',
      shareOf('crashing'),
      shareOf('no answer'),
      isOther ? points(comparison.change) : '–',
      isOther ? pValue(comparison.p) : '–',
      seconds(latency.p50Ms),
      seconds(latency.p95Ms),
    ]
  })
  return [table(names, rows, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11])]
}
