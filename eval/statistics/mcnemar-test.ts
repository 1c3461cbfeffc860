/**
 * Exact two-sided McNemar test of two runs over the same cases: how likely so uneven a split of the cases on which they differ is, if
 * neither is better. `broken` are those that only the earlier run had right, `fixed` those that only the later one has.
 */
export function mcnemarTest(broken: number, fixed: number): number {
  const n = broken + fixed
  if (n === 0) return 1
  let tail = 0
  for (let k = 0; k <= Math.min(broken, fixed); k++) tail += Math.exp(logChoose(n, k) - n * Math.LN2)
  return Math.min(1, 2 * tail)
}

function logChoose(n: number, k: number): number {
  let sum = 0
  for (let i = 1; i <= k; i++) sum += Math.log(n - k + i) - Math.log(i)
  return sum
}
