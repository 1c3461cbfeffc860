import type { Attempt } from './trace.ts'

/**
 * How sure an answer is, from 0 to 1: the likelihood of its query's tokens, less for every attempt before it and every name that had to be
 * changed. Null where the model gives no probabilities. Not calibrated: it orders answers, it is no frequency.
 */
export function answerConfidence(chosen: Attempt, attempts: Attempt[], tokens: number): number | null {
  const { logProb } = chosen.candidate
  if (logProb === null) return null
  const perToken = Math.exp(logProb / Math.max(tokens, 1))
  const penalty = 0.85 ** (attempts.indexOf(chosen) + Math.min(chosen.notes.length, 3))
  return Math.min(1, Math.max(0, perToken * penalty))
}
