/** Remembers what was asked of a platform for a while; what failed is asked again. */
export function briefCache<Value>(
  forMs: number,
  maxEntries = 5_000,
): (key: string, load: () => Promise<Value>) => Promise<Value> {
  const known = new Map<string, { until: number; value: Promise<Value> }>()
  return (key, load) => {
    const there = known.get(key)
    if (there && there.until > Date.now()) return there.value
    if (known.size >= maxEntries) known.clear()
    const value = load()
    known.set(key, { until: Date.now() + forMs, value })
    value.catch(() => known.delete(key))
    return value
  }
}
