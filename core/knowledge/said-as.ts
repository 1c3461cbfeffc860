import { pluralize, singularize } from 'inflection'
import { singular } from '../words/split-words.ts'

/** How a text says a term, word by word, in singular or plural: "freshmen" for "freshman"; null where it does not. */
export function saidAs(term: string, text: string): string | null {
  const [wanted, said] = [wordsOf(term), wordsOf(text)]
  if (wanted.length === 0) return null
  const at = said.findIndex((_, start) => wanted.every((word, offset) => isSame(word, said[start + offset])))
  return at < 0 ? null : said.slice(at, at + wanted.length).join(' ')
}

function wordsOf(text: string): string[] {
  const apart = text.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').toLowerCase()
  return apart.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
}

function isSame(one: string, other: string | undefined): boolean {
  if (other === undefined) return false
  const forms = formsOf(other)
  return [...formsOf(one)].some((form) => forms.has(form))
}

/** Shorter words are mostly no nouns: "is" and "has" have no singular. */
const SHORTEST = 4

function formsOf(word: string): Set<string> {
  const irregular = word.replace(/men$/, 'man')
  if (word.length < SHORTEST) return new Set([word, irregular])
  const endings = [word.replace(/([^aeiou])i$/, '$1us'), word.replace(/ves$/, 'f'), word.replace(/ves$/, 'fe')]
  return new Set([word, singular(word), singularize(word), pluralize(word), irregular, ...endings])
}
