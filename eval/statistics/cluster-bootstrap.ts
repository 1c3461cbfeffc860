/** What is known of one cluster (a database): the sum over its cases, and their number. */
export type Cluster = { sum: number; n: number }

const DRAWS = 2_000

/**
 * 95 % interval of a mean in percent, by drawing whole clusters again (percentile bootstrap, fixed seed): how far it would move with other
 * databases. Null for fewer than two clusters, which say nothing about others.
 */
export function clusterBootstrap(clusters: Cluster[], seed = 1): { low: number; high: number } | null {
  if (clusters.length < 2) return null
  const random = randomFrom(seed)
  const means = Array.from({ length: DRAWS }, () => {
    let sum = 0
    let n = 0
    for (let draw = 0; draw < clusters.length; draw++) {
      const cluster = clusters[Math.floor(random() * clusters.length)]
      sum += cluster?.sum ?? 0
      n += cluster?.n ?? 0
    }
    return (100 * sum) / n
  }).sort((one, other) => one - other)
  const at = (share: number) => means[Math.min(DRAWS - 1, Math.floor(share * DRAWS))] ?? Number.NaN
  return { low: at(0.025), high: at(0.975) }
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
