/** F1 of two bags: of what was predicted, how much is gold, and of gold, how much was predicted. 0 where they share nothing. */
export function bagF1(gold: string[], predicted: string[]): number {
  return f1(sharedCount(gold, predicted), gold.length, predicted.length)
}

/** How many items two bags share; one that is there twice in both counts twice. */
export function sharedCount(gold: string[], predicted: string[]): number {
  const left = new Map<string, number>()
  for (const item of gold) left.set(item, (left.get(item) ?? 0) + 1)
  let shared = 0
  for (const item of predicted) {
    const count = left.get(item) ?? 0
    if (count > 0) shared += 1
    left.set(item, count - 1)
  }
  return shared
}

/** F1 from how much is shared and how much there is on each side. */
export function f1(shared: number, gold: number, predicted: number): number {
  return shared === 0 ? 0 : (2 * shared) / (gold + predicted)
}
