import { expect, test } from 'vitest'
import { clusterBootstrap } from './cluster-bootstrap.ts'
import { mcnemarTest } from './mcnemar-test.ts'
import { wilsonInterval } from './wilson-interval.ts'

test.each([
  // Newcombe 1998, table I, method 3.
  [81, 263, 25.53, 36.62],
  [15, 148, 6.24, 16.05],
  [0, 20, 0, 16.11],
  [1, 29, 0.61, 17.18],
  // The formula, worked out apart.
  [667, 1034, 61.54, 67.36],
])('Wilson’s interval of %i in %i is %f to %f', (hits, n, low, high) => {
  const interval = wilsonInterval(hits, n)
  expect(interval.low).toBeCloseTo(low, 1)
  expect(interval.high).toBeCloseTo(high, 1)
  expect(interval.percent).toBeCloseTo((100 * hits) / n, 10)
})

test.each([
  // Twice the tail of the binomial distribution, as exact fractions.
  [6, 16, 0.0524788],
  [0, 5, 0.0625],
  [0, 6, 0.03125],
  [7, 7, 1],
  [0, 0, 1],
  [25, 45, 0.0224629],
  [400, 500, 0.0009564],
])('McNemar’s exact test of %i against %i gives p = %f, whichever way round', (broken, fixed, p) => {
  expect(mcnemarTest(broken, fixed)).toBeCloseTo(p, 6)
  expect(mcnemarTest(fixed, broken)).toBe(mcnemarTest(broken, fixed))
})

test('the cluster bootstrap is about as wide as theory says for equal clusters, and repeatable', () => {
  const shares = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.5, 0.6, 0.4, 0.7, 0.5, 0.6, 0.5, 0.6]
  const clusters = shares.map((share) => ({ sum: share * 50, n: 50 }))
  const mean = shares.reduce((sum, one) => sum + one, 0) / shares.length
  const deviation = Math.sqrt(shares.reduce((sum, one) => sum + (one - mean) ** 2, 0) / shares.length)
  const half = (196 * deviation) / Math.sqrt(shares.length)
  const interval = clusterBootstrap(clusters)
  expect(Math.abs((interval?.low ?? 0) - (100 * mean - half))).toBeLessThan(1)
  expect(Math.abs((interval?.high ?? 0) - (100 * mean + half))).toBeLessThan(1)
  expect(clusterBootstrap(clusters)).toEqual(interval)
  expect(clusterBootstrap(clusters.slice(0, 1))).toBeNull()
  expect(
    clusterBootstrap([
      { sum: 1, n: 2 },
      { sum: 10, n: 20 },
    ]),
  ).toEqual({ low: 50, high: 50 })
})
