const MOST_KEPT = 5_000

/** The same function, which remembers what it found for the words that it was asked about lately. */
export function rememberWords<T>(find: (word: string) => T): (word: string) => T {
  const kept = new Map<string, T>()
  return (word) => {
    const known = kept.get(word)
    if (known !== undefined) return known
    const found = find(word)
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(word, found)
    return found
  }
}
