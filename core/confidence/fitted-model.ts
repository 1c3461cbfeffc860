import type { AnswerSignals } from './answer-signals.ts'

/** A logistic regression over standardised signals. */
export type FittedModel = {
  intercept: number
  terms: { signal: keyof AnswerSignals; mean: number; deviation: number; weight: number }[]
}

/** The probability that a fitted model gives; a signal that is not known counts as an average one. */
export function probability({ intercept, terms }: FittedModel, signals: AnswerSignals): number {
  const sum = terms.reduce((total, { signal, mean, deviation, weight }) => {
    const value = signals[signal]
    return value === null ? total : total + (weight * (value - mean)) / deviation
  }, intercept)
  return 1 / (1 + Math.exp(-sum))
}
