import type { AnswerSignals } from '#core/confidence/answer-signals.ts'
import { probability } from '#core/confidence/fitted-model.ts'
import { fitLogistic, type Observation } from './fit-logistic.ts'

const FOLDS = 5

/** The probability of each observation by weights that were fitted without any of its database's. */
export function crossValidate<T extends Observation & { database: string }>(
  observations: T[],
  names: readonly (keyof AnswerSignals)[],
): number[] {
  const databases = [...new Set(observations.map(({ database }) => database))].sort()
  const foldOf = (one: T) => databases.indexOf(one.database) % FOLDS
  const models = Array.from({ length: FOLDS }, (_, fold) =>
    fitLogistic(
      observations.filter((one) => foldOf(one) !== fold),
      names,
    ),
  )
  return observations.map((one) => probability(models[foldOf(one)] ?? { intercept: 0, terms: [] }, one.signals))
}
