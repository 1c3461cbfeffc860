import type { AnswerSignals } from './answer-signals.ts'
import fitted from './fitted.json' with { type: 'json' }
import { type FittedModel, probability } from './fitted-model.ts'

/** From this probability on that a question has no answer it is refused. `eval calibration --fit` puts it where at most 3 in 100 right answers are. */
export const refusalThreshold: number = fitted.refuseFrom

/** The probability that an answer is right, fitted on held-back questions; null where the model's backend gives no probabilities. */
export function answerConfidence(signals: AnswerSignals): number | null {
  return signals.logProb === null ? null : probability(fitted.right as FittedModel, signals)
}

/** Answers below it are wrong more often than right: of 279 to held-back questions 32 were, 15 of them right, and 17 of all 44 wrong ones. */
const UNSURE_BELOW = 0.6

/** Whether an answer of this probability must not be given without saying so. */
export function isUnsure(confidence: number | null): boolean {
  return confidence !== null && confidence < UNSURE_BELOW
}

/** Whether the query that was found for a question most likely answers another one. */
export function isUnanswerable(signals: AnswerSignals): boolean {
  return unanswerableProbability(signals) >= refusalThreshold
}

/** The probability that a question for which a query was found has no answer in its database. */
export function unanswerableProbability(signals: AnswerSignals): number {
  return probability(fitted.unanswerable as FittedModel, signals)
}
