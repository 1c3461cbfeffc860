import type { AnswerSignals } from '#core/confidence/answer-signals.ts'
import type { FittedModel } from '#core/confidence/fitted-model.ts'

/** An observation: what was known of an answer, and what came true. */
export type Observation = { signals: AnswerSignals; came: boolean }

/** Pulls weights towards 0, as strongly as so many observations would. */
const RIDGE = 10
const ROUNDS = 400
const STEP = 1

/** A logistic regression by gradient descent on standardised signals; signals that never vary are left out. */
export function fitLogistic(observations: Observation[], names: readonly (keyof AnswerSignals)[]): FittedModel {
  const scales = names.map((signal) => scaleOf(observations, signal)).filter(({ deviation }) => deviation > 1e-9)
  const rows = observations.map(({ signals, came }) => ({
    came: came ? 1 : 0,
    values: scales.map(({ signal, mean, deviation }) => ((signals[signal] ?? mean) - mean) / deviation),
  }))
  let intercept = 0
  let weights = scales.map(() => 0)
  for (let round = 0; round < ROUNDS; round++) {
    const errors = rows.map(({ came, values }) => came - sigmoid(intercept + dot(weights, values)))
    intercept += (STEP * sum(errors)) / rows.length
    weights = weights.map((weight, at) => {
      const gradient = sum(errors.map((error, index) => error * (rows[index]?.values[at] ?? 0)))
      return weight + (STEP * (gradient - RIDGE * weight)) / rows.length
    })
  }
  return { intercept, terms: scales.map((scale, at) => ({ ...scale, weight: weights[at] ?? 0 })) }
}

function scaleOf(observations: Observation[], signal: keyof AnswerSignals) {
  const values = observations.flatMap(({ signals }) => signals[signal] ?? [])
  const mean = sum(values) / Math.max(values.length, 1)
  const deviation = Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / Math.max(values.length, 1))
  return { signal, mean, deviation }
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value))
}

function dot(left: number[], right: number[]): number {
  return sum(left.map((value, at) => value * (right[at] ?? 0)))
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
