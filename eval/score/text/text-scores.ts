import { bagF1 } from './bag-f1.ts'
import { corpusBleu } from './bleu.ts'
import { normalisedTokens, sameText } from './normalised-tokens.ts'
import { rouge } from './rouge.ts'

/** How alike predicted and gold queries are as texts, in percent. */
export type TextScores = {
  exactText: number
  tokenF1: number
  bleu4: number
  rouge1: number
  rouge2: number
  rougeL: number
}

/** Compares predictions with gold queries as texts: averages over all pairs, BLEU over all of them as one. */
export function textScores(pairs: { gold: string; predicted: string }[]): TextScores {
  const tokens = pairs.map(({ gold, predicted }) => ({
    gold: normalisedTokens(gold),
    predicted: normalisedTokens(predicted),
  }))
  const rouges = pairs.map(({ gold, predicted }) => rouge(gold, predicted))
  return {
    exactText: percent(pairs.map(({ gold, predicted }) => Number(sameText(gold, predicted)))),
    tokenF1: percent(tokens.map(({ gold, predicted }) => bagF1(gold, predicted))),
    bleu4: corpusBleu(tokens),
    rouge1: percent(rouges.map(({ rouge1 }) => rouge1)),
    rouge2: percent(rouges.map(({ rouge2 }) => rouge2)),
    rougeL: percent(rouges.map(({ rougeL }) => rougeL)),
  }
}

function percent(shares: number[]): number {
  return (100 * shares.reduce((total, share) => total + share, 0)) / Math.max(shares.length, 1)
}
