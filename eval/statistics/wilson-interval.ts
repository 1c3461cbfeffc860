/** A share of n and the interval in which it lies with 95 % confidence, all in percent. */
export type Interval = { percent: number; low: number; high: number }

const Z = 1.959963984540054

/** Wilson's score interval: right for small numbers and for shares near 0 and 100 too. NaN for none of none. */
export function wilsonInterval(hits: number, n: number): Interval {
  if (n === 0) return { percent: Number.NaN, low: Number.NaN, high: Number.NaN }
  const share = hits / n
  const middle = (share + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n)
  const half = (Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2))) / (1 + Z ** 2 / n)
  return { percent: 100 * share, low: 100 * Math.max(0, middle - half), high: 100 * Math.min(1, middle + half) }
}
