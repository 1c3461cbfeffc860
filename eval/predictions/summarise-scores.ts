import type { Hardness } from '../score/exact-set/hardness.ts'
import { type TextScores, textScores } from '../score/text/text-scores.ts'
import type { ScoredPrediction } from './score-predictions.ts'
import { isExecutable, isValidSyntax } from './syntax-share.ts'

/** Figures of some predictions, in percent where they are no counts. `ts` is over the `tsN` that have distilled databases. */
export type ScoreSummary = {
  n: number
  ex: number
  ts: number | null
  tsN: number
  /** Did not run, or died; those that took too long are `timedOut`. */
  crashed: number
  timedOut: number
  goldFailed: number
  exactSet: number | null
  softF1: number | null
  validSyntax: number
  executable: number
}

export type ScoreReport = {
  all: ScoreSummary
  byHardness: { hardness: Hardness; summary: ScoreSummary }[]
  texts: TextScores
}

const CLASSES: Hardness[] = ['easy', 'medium', 'hard', 'extra']

/** Figures of all predictions, of each class of hardness, and how alike the texts are. */
export function summariseScores(scored: ScoredPrediction[]): ScoreReport {
  const byHardness = CLASSES.map((hardness) => ({
    hardness,
    summary: summarise(scored.filter(({ exactSet }) => exactSet?.hardness === hardness)),
  }))
  return {
    all: summarise(scored),
    byHardness: byHardness.filter(({ summary }) => summary.n > 0),
    texts: textScores(scored),
  }
}

function summarise(scored: ScoredPrediction[]): ScoreSummary {
  const suites = scored.flatMap(({ ts }) => ts ?? [])
  const read = scored.flatMap(({ exactSet }) => exactSet ?? [])
  const soft = scored.flatMap(({ softF1 }) => softF1 ?? [])
  return {
    n: scored.length,
    ex: percent(scored, ({ ex }) => ex.verdict === 'right'),
    ts: suites.length === 0 ? null : percent(suites, ({ verdict }) => verdict === 'right'),
    tsN: suites.length,
    crashed: scored.filter(({ ex }) => ex.verdict === 'crashed').length,
    timedOut: scored.filter(({ ex }) => ex.verdict === 'timed-out').length,
    goldFailed: scored.filter(({ ex, ts }) => [ex, ts].some((one) => one?.verdict === 'gold-failed')).length,
    exactSet: read.length === 0 ? null : percent(read, ({ match }) => match),
    softF1: soft.length === 0 ? null : (100 * soft.reduce((total, one) => total + one, 0)) / soft.length,
    validSyntax: percent(scored, ({ ex }) => isValidSyntax(ex)),
    executable: percent(scored, ({ ex }) => isExecutable(ex)),
  }
}

function percent<One>(all: One[], holds: (one: One) => boolean): number {
  return (100 * all.filter(holds).length) / Math.max(all.length, 1)
}
