import { bagF1, f1 } from './bag-f1.ts'
import { ngrams } from './ngrams.ts'

export type Rouge = { rouge1: number; rouge2: number; rougeL: number }

/** ROUGE's F measures of a text, over runs of ASCII letters and digits in small letters, without stemming. */
export function rouge(gold: string, predicted: string): Rouge {
  const [one, other] = [wordsOf(gold), wordsOf(predicted)]
  return {
    rouge1: bagF1(ngrams(one, 1), ngrams(other, 1)),
    rouge2: bagF1(ngrams(one, 2), ngrams(other, 2)),
    rougeL: f1(longestCommon(one, other), one.length, other.length),
  }
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? []
}

/** Length of the longest common subsequence. */
function longestCommon(one: string[], other: string[]): number {
  let lengths = new Array<number>(other.length + 1).fill(0)
  for (const word of one) {
    const next = [0]
    for (const [at, against] of other.entries()) {
      const longest = word === against ? (lengths[at] ?? 0) + 1 : Math.max(lengths[at + 1] ?? 0, next[at] ?? 0)
      next.push(longest)
    }
    lengths = next
  }
  return lengths.at(-1) ?? 0
}
