/** The value below which the given share of the numbers lies (nearest rank); NaN for none. */
export function quantile(numbers: number[], share: number): number {
  const sorted = [...numbers].sort((left, right) => left - right)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
