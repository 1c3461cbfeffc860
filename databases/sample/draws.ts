import { generateMersenne53Randomizer, type Randomizer } from '@faker-js/faker'

/** Random choices from a seed. The same randomizer can be given to Faker. */
export type Draws = {
  randomizer: Randomizer
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from min to max, both included. */
  whole(min: number, max: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  /** An index, as often as its weight says: `sums` are the weights added up from the left. */
  weighted(sums: readonly number[]): number
}

export function createDraws(seed: number): Draws {
  const randomizer = generateMersenne53Randomizer(seed)
  const next = () => randomizer.next()
  return {
    randomizer,
    next,
    whole: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    pick: (from) => from[Math.floor(next() * from.length)] as (typeof from)[number],
    weighted: (sums) => firstAbove(sums, next() * (sums.at(-1) ?? 0)),
  }
}

/** The weights added up from the left. */
export function runningSums(weights: readonly number[]): number[] {
  let sum = 0
  return weights.map((weight) => {
    sum += weight
    return sum
  })
}

function firstAbove(sums: readonly number[], limit: number): number {
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] as number) > limit) high = middle
    else low = middle + 1
  }
  return low
}
