/**
 * Number of letters to insert, drop, replace or swap with their neighbour to make one word of the other; `limit + 1`
 * once it is more than the limit (optimal string alignment, Boytsov 2011, "Indexing methods for approximate dictionary
 * searching").
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let [before, previous]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) row.push(cell(a, b, i, j, before ?? [], previous ?? [], row))
    if (Math.min(...row) > limit) return limit + 1
    ;[before, previous] = [previous, row]
  }
  return Math.min(previous?.[b.length] ?? limit + 1, limit + 1)
}

function cell(a: string, b: string, i: number, j: number, before: number[], previous: number[], row: number[]): number {
  const same = a[i - 1] === b[j - 1]
  const replaced = at(previous, j - 1) + (same ? 0 : 1)
  const best = Math.min(replaced, at(previous, j) + 1, at(row, j - 1) + 1)
  const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
  return swaps ? Math.min(best, at(before, j - 2) + 1) : best
}

function at(row: number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}
