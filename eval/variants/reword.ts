import { pluralize, singularize } from 'inflection'
import { isFunctionWord } from '#core/answerable/function-words.ts'
import { meaningsAt, readSynset, usesOf } from '#core/answerable/wordnet.ts'
import type { Draws } from '#databases/sample/draws.ts'

const MOST_WORDS = 2
const SHORTEST = 4

/**
 * A question with one or two of its nouns replaced by others that WordNet gives for their commonest meaning; `verbatim` texts stay. The same
 * question where there is none.
 */
export function reword(question: string, draws: Draws, verbatim: string[]): string {
  const fixed = verbatim.join(' ').toLowerCase()
  const nouns = [...question.matchAll(/\b\p{Ll}+\b/gu)].flatMap((found) => {
    const [word] = found
    const other = word.length < SHORTEST || fixed.includes(word) ? null : otherNoun(singularize(word))
    return other ? [{ at: found.index, word, other: word === singularize(word) ? other : pluralize(other) }] : []
  })
  const first = draws.whole(0, Math.max(0, nouns.length - 1))
  const chosen = nouns.slice(first, first + MOST_WORDS)
  return chosen.reduceRight(
    (text, { at, word, other }) => text.slice(0, at) + other + text.slice(at + word.length),
    question,
  )
}

/** Another single word for the commonest meaning of a noun, the most used one; null where there is none or the word is mostly a verb. */
function otherNoun(noun: string): string | null {
  const [meaning] = meaningsAt(noun, 'noun')
  const uses = usesOf(noun)
  if (meaning === undefined || isFunctionWord(noun) || uses.verb > uses.noun) return null
  const others = readSynset('noun', meaning).words.filter((one) => /^[a-z]+$/.test(one) && !alike(one, noun))
  return others.sort((one, other) => usesOf(other).noun - usesOf(one).noun)[0] ?? null
}

/** Spellings of one word are no other word. */
function alike(one: string, other: string): boolean {
  return one.slice(0, SHORTEST) === other.slice(0, SHORTEST)
}
