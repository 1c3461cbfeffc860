/** Answers of like confidence: how sure they were said to be, and how many were right. */
export type Bin = { from: number; to: number; n: number; said: number; right: number }

const BINS = 10

/** Answers in tenths of confidence; tenths without answers are left out. */
export function reliability(answers: { confidence: number; right: boolean }[]): Bin[] {
  return Array.from({ length: BINS }, (_, index) => {
    const some = answers.filter(({ confidence }) => Math.min(Math.floor(confidence * BINS), BINS - 1) === index)
    const mean = (of: (one: (typeof some)[number]) => number) =>
      some.reduce((sum, one) => sum + of(one), 0) / Math.max(some.length, 1)
    return {
      from: index / BINS,
      to: (index + 1) / BINS,
      n: some.length,
      said: mean(({ confidence }) => confidence),
      right: mean(({ right }) => (right ? 1 : 0)),
    }
  }).filter(({ n }) => n > 0)
}

/** Expected calibration error: how far confidence and rightness lie apart, on average over the answers. */
export function calibrationError(bins: Bin[]): number {
  const all = bins.reduce((sum, { n }) => sum + n, 0)
  return bins.reduce((sum, { n, said, right }) => sum + (n * Math.abs(said - right)) / Math.max(all, 1), 0)
}

/** The reliability diagram as text: one line a bin, a bar for what was right, `|` where it should end. */
export function drawReliability(bins: Bin[]): string {
  return bins
    .map(({ from, to, n, said, right }) => {
      const bar = Array.from({ length: 41 }, (_, at) =>
        at === Math.round(said * 40) ? '|' : at < right * 40 ? '█' : ' ',
      ).join('')
      return `${from.toFixed(1)}–${to.toFixed(1)} ${bar} right ${right.toFixed(2)}, said ${said.toFixed(2)}, n ${n}`
    })
    .join('\n')
}
