import { describe, expect, test } from 'vitest'
import type { AnswerSignals } from '#core/confidence/answer-signals.ts'
import { probability } from '#core/confidence/fitted-model.ts'
import { createDraws } from '#databases/sample/draws.ts'
import { crossValidate } from './cross-validate.ts'
import { fitLogistic, type Observation } from './fit-logistic.ts'
import { calibrationError, drawReliability, reliability } from './reliability.ts'

const QUIET: AnswerSignals = {
  tokenLogProb: -0.1,
  firstTokenLogProb: -0.1,
  logProb: -2,
  agreement: 1,
  several: 0,
  changes: 0,
  empty: 0,
  doubtful: 0,
  unknownWords: 0,
  unknownShare: 0,
  subjectUnknown: 0,
  distance: 0,
  unknownThings: 0,
  vagueThings: 0,
  unusedShare: 0,
  unusedDistance: 0,
  unusedThings: 0,
  unusedAttributes: 0,
  madeUpNames: 0,
  unfounded: 0,
  noAnswer: 0,
}

/** Answers that come true with the odds exp(1 + 20 tokenLogProb), which a fit must find again. */
function simulated(count: number): (Observation & { database: string })[] {
  const draws = createDraws(5)
  return Array.from({ length: count }, (_, index) => {
    const tokenLogProb = -0.2 * draws.next()
    const came = draws.chance(1 / (1 + Math.exp(-(1 + 20 * tokenLogProb))))
    return { signals: { ...QUIET, tokenLogProb, unusedShare: draws.next() }, came, database: `db${index % 9}` }
  })
}

describe('fitted weights', () => {
  test('find the odds that the answers were drawn from', () => {
    const model = fitLogistic(simulated(2_000), ['tokenLogProb', 'unusedShare', 'empty'])
    expect(probability(model, { ...QUIET, tokenLogProb: 0, unusedShare: 0.5 })).toBeCloseTo(1 / (1 + Math.exp(-1)), 1)
    expect(probability(model, { ...QUIET, tokenLogProb: -0.2, unusedShare: 0.5 })).toBeCloseTo(1 / (1 + Math.exp(3)), 1)
    // A signal that never varies says nothing, and one that is unknown counts as an average one.
    expect(model.terms.map(({ signal }) => signal)).toEqual(['tokenLogProb', 'unusedShare'])
    expect(probability(model, { ...QUIET, tokenLogProb: null, unusedShare: 0.5 })).toBeCloseTo(
      probability(model, { ...QUIET, tokenLogProb: -0.1, unusedShare: 0.5 }),
      1,
    )
  })

  test('judge a database without having seen it', () => {
    const told = simulated(900).map((one) => ({ ...one, came: one.database === 'db3' }))
    const unseen = crossValidate(told, ['tokenLogProb'])
    const own = unseen.filter((_, index) => told[index]?.database === 'db3')
    expect(Math.max(...own)).toBeLessThan(0.01)
  })
})

describe('reliability', () => {
  test('is perfect where as many are right as was said', () => {
    const answers = Array.from({ length: 100 }, (_, index) => ({ confidence: 0.75, right: index % 4 !== 0 }))
    expect(calibrationError(reliability(answers))).toBeCloseTo(0)
  })

  test('counts how far what was said and what was right lie apart, by the number of answers', () => {
    const answers = [
      { confidence: 1, right: false },
      { confidence: 0.2, right: true },
      { confidence: 0.25, right: false },
      { confidence: 0.25, right: false },
    ]
    const bins = reliability(answers)
    expect(bins.map(({ n }) => n)).toEqual([3, 1])
    expect(calibrationError(bins)).toBeCloseTo((3 * Math.abs(0.7 / 3 - 1 / 3) + 1) / 4)
    expect(drawReliability(bins).split('\n')[1]).toMatch(/^0\.9–1\.0 .*\| right 0\.00, said 1\.00, n 1$/)
  })

  test('no answers, no error', () => expect(calibrationError(reliability([]))).toBe(0))
})
