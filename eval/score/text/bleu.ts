import { sharedCount } from './bag-f1.ts'
import { ngrams } from './ngrams.ts'

const LONGEST = 4

/**
 * BLEU-4 of a whole corpus in percent: how many runs of one to four tokens of the predictions stand in the gold texts too, with a penalty
 * for predictions that are too short. Counts of nothing are smoothed by halves, as sacreBLEU does.
 */
export function corpusBleu(pairs: { gold: string[]; predicted: string[] }[]): number {
  const lengths = Array.from({ length: LONGEST }, (_, index) => index + 1)
  const counts = lengths.map((length) => {
    const runs = pairs.map(({ gold, predicted }) => [ngrams(gold, length), ngrams(predicted, length)] as const)
    return {
      shared: sum(runs.map(([gold, predicted]) => sharedCount(gold, predicted))),
      total: sum(runs.map(([, predicted]) => predicted.length)),
    }
  })
  if (counts.every(({ shared }) => shared === 0) || counts.some(({ total }) => total === 0)) return 0
  const goldLength = sum(pairs.map(({ gold }) => gold.length))
  const predictedLength = sum(pairs.map(({ predicted }) => predicted.length))
  const penalty = Math.min(1, Math.exp(1 - goldLength / predictedLength))
  return 100 * penalty * Math.exp(sum(precisions(counts).map(Math.log)) / LONGEST)
}

function precisions(counts: { shared: number; total: number }[]): number[] {
  let smoothing = 1
  return counts.map(({ shared, total }) => {
    if (shared > 0) return shared / total
    smoothing *= 2
    return 1 / (smoothing * total)
  })
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
