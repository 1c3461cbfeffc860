import { rememberWords } from './remember-words.ts'
import { american, inflectedFrom } from './word-forms.ts'
import { meaningsAt, type Part, readSynset } from './wordnet.ts'

/** Rarer meanings relate a word to nearly everything. */
const COMMONEST = 2

/**
 * Single words that mean nearly the same as a word: synonyms in its commonest meanings, what it is derived from, the kind of thing that it
 * is, and the kinds of it that there are.
 */
export const relatedWords = rememberWords((word): ReadonlySet<string> => {
  const bases = [word, word.replace(/y$/, 'ie'), american(word), ...inflectedFrom(word)]
  const found = bases.flatMap((base) => RELATED_PARTS.flatMap((part) => relatedAs(base, part)))
  return new Set(found.filter((one) => !one.includes('_')))
})

const RELATED_PARTS: readonly Part[] = ['noun', 'verb', 'adj']
/** WordNet's signs for a word of another part of speech with the same root. */
const DERIVED = new Set(['+', '\\', '<'])

function relatedAs(word: string, part: Part): string[] {
  return commonestAt(word, part).flatMap((offset) => {
    const { words, pointers } = readSynset(part, offset)
    const others = pointers.flatMap((to) => {
      if (DERIVED.has(to.relation)) return readSynset(to.part, to.offset).words
      if (part !== 'noun' || !KINDS.has(to.relation)) return []
      const named = readSynset(to.part, to.offset).words
      // What a thing is a kind of counts by any name, the kinds of it only by names that mostly mean them.
      return to.relation === '~' ? named.filter((one) => commonestAt(one, to.part).includes(to.offset)) : named
    })
    return [...words, ...others]
  })
}

/** WordNet's signs for: a kind of, an instance of, kinds of it. */
const KINDS = new Set(['@', '@i', '~'])

function commonestAt(word: string, part: Part): number[] {
  return meaningsAt(word, part).slice(0, COMMONEST)
}
