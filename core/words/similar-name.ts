import { editDistance } from './edit-distance.ts'
import { words } from './split-words.ts'

/**
 * How alike two names are, from 0 to 1: letters (edit distance) or words (`cust_id` and `customerId`), whichever is nearer. Case, underscores
 * and a plural ending do not count.
 */
function similarity(left: string, right: string): number {
  const [a, b] = [words(left), words(right)]
  const [plainA, plainB] = [a.join(''), b.join('')]
  if (plainA === plainB) return 1
  const letters = 1 - editDistance(plainA, plainB) / Math.max(plainA.length, plainB.length, 1)
  return Math.max(letters * 0.95, sharedWords(a, b))
}

/** The names in order of their likeness to `name`, nearest first. */
export function nearestFirst(name: string, candidates: Iterable<string>): { name: string; score: number }[] {
  return [...new Set(candidates)]
    .map((candidate) => ({ name: candidate, score: similarity(name, candidate) }))
    .sort((one, other) => other.score - one.score)
}

/** Share of common words; more where all words of one name are in the other, and the more of it they are. */
function sharedWords(a: string[], b: string[]): number {
  const common = a.filter((word) => b.includes(word)).length
  if (common === 0) return 0
  const contained = common === Math.min(a.length, b.length) ? 0.6 + (0.3 * common) / Math.max(a.length, b.length) : 0
  return Math.max((2 * common) / (a.length + b.length), contained) * 0.95
}
