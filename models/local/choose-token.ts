/** A token's logit is the model's own, before temperature. */
export type Choice<Token> = { token: Token; logProb: number }

/**
 * Picks the next token: the likeliest at temperature 0, else one drawn from the smallest set whose probability reaches `topP`. The
 * log-probability is that at temperature 1, among the given tokens.
 */
export function chooseToken<Token>(
  logits: ReadonlyMap<Token, number>,
  { temperature, topP, random }: { temperature: number; topP: number; random: () => number },
): Choice<Token> {
  const ranked = [...logits].map(([token, logit]) => ({ token, logit })).sort((a, b) => b.logit - a.logit)
  const best = ranked[0]
  if (!best) throw new Error('no token to choose from')
  const chosen = temperature <= 0 ? best : draw(ranked, temperature, topP, random)
  return { token: chosen.token, logProb: logProbOf(chosen.logit, logits) }
}

/** Takes a token out of the choice. Gives the log-probability that it had; where it is not among the likeliest, that of the last of them. */
export function withholdToken<Token>(logits: Map<Token, number>, token: Token): number {
  const logProb = logProbOf(logits.get(token) ?? Math.min(...logits.values()), logits)
  logits.delete(token)
  return logProb
}

function logProbOf<Token>(logit: number, logits: ReadonlyMap<Token, number>): number {
  const all = [...logits.values()]
  const best = Math.max(...all)
  return logit - best - Math.log(all.reduce((sum, one) => sum + Math.exp(one - best), 0))
}

function draw<Token>(
  ranked: { token: Token; logit: number }[],
  temperature: number,
  topP: number,
  random: () => number,
): { token: Token; logit: number } {
  const best = ranked[0] as { token: Token; logit: number }
  const weights = ranked.map(({ logit }) => Math.exp((logit - best.logit) / temperature))
  const kept = nucleus(weights, topP)
  const total = weights.slice(0, kept).reduce((sum, weight) => sum + weight, 0)
  let left = random() * total
  for (let index = 0; index < kept; index++) {
    left -= weights[index] as number
    if (left < 0) return ranked[index] as { token: Token; logit: number }
  }
  return best
}

/** How many of the weights, largest first, are needed for the share `topP` of their sum. */
function nucleus(weights: number[], topP: number): number {
  const needed = topP * weights.reduce((sum, weight) => sum + weight, 0)
  let reached = 0
  const index = weights.findIndex((weight) => {
    reached += weight
    return reached >= needed
  })
  return index === -1 ? weights.length : index + 1
}

/** A repeatable source of numbers from 0 to below 1: mulberry32, by Tommy Ettinger (public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
