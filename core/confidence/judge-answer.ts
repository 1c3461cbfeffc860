import type { ModelIdentity } from '#models/generator.ts'
import type { AnswerSignals } from './answer-signals.ts'
import fitted from './fitted.json' with { type: 'json' }
import { type FittedModel, probability } from './fitted-model.ts'

/** Judges the answers of one model. */
export type Judge = {
  /** The probability that an answer is right; null where the model's probabilities are not known, or are those of a model that was not fitted to. */
  confidence(signals: AnswerSignals): number | null
  /** The probability that a question for which a query was found has no answer in its database. */
  unanswerable(signals: AnswerSignals): number
  /** From this probability on a question is refused. `eval calibration --fit` puts it where at most 3 in 100 right answers are. */
  refuseFrom: number
}

/**
 * The judge of a model's answers. How likely a query is says much about the model that the weights were fitted to, and something else about any
 * other: their answers are judged by the words of question and query alone.
 */
export function judgeOf(model: Pick<ModelIdentity, 'hash' | 'adapter'>): Judge {
  return modelKey(model) === fitted.model ? BY_LIKELIHOOD : BY_WORDS
}

/** What a model is known by: its weights and those of its adapter. */
export function modelKey({ hash, adapter }: Pick<ModelIdentity, 'hash' | 'adapter'>): string {
  return adapter ? `${hash} ${adapter}` : hash
}

const BY_LIKELIHOOD: Judge = {
  confidence: (signals) => (signals.logProb === null ? null : probability(fitted.right as FittedModel, signals)),
  unanswerable: (signals) => probability(fitted.unanswerable as FittedModel, signals),
  refuseFrom: fitted.refuseFrom,
}

const BY_WORDS: Judge = {
  confidence: () => null,
  unanswerable: (signals) => probability(fitted.byWords.unanswerable as FittedModel, signals),
  refuseFrom: fitted.byWords.refuseFrom,
}

/** Answers below it are wrong more often than right: of 280 to held-back questions 38 were, 17 of them right, and 21 of all 46 wrong ones. */
const UNSURE_BELOW = 0.6

/** Whether an answer of this probability must not be given without saying so. */
export function isUnsure(confidence: number | null): boolean {
  return confidence !== null && confidence < UNSURE_BELOW
}
