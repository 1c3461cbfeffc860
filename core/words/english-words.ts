import { rememberWords } from './remember-words.ts'
import { formsOf, inflectedFrom } from './word-forms.ts'
import { meaningsAt, PARTS, usesOf } from './wordnet.ts'

/** Whether a word, whose plural ending may have been taken off, is one of English at all. */
export const isEnglishWord = rememberWords((word): boolean =>
  [...formsOf(word), ...unsingular(word)].some((form) => PARTS.some((part) => meaningsAt(form, part).length > 0)),
)

/**
 * Whether a word rather says how things are or what is done with them than names a thing or one of its attributes: "certain", "highly",
 * "put". What a database is not about is mostly named by nouns.
 */
export function isAside(word: string): boolean {
  // What was done to a thing may be an attribute of it: "founded", "delayed".
  if (/ed$/.test(word) || !isEnglishWord(word)) return false
  const nouns = [word, ...inflectedFrom(word), ...unsingular(word)]
  if (!nouns.some((form) => meaningsAt(form, 'noun').length > 0)) return true
  const { noun, verb } = usesOf(word)
  return verb >= COMMON_VERB && noun * RARELY <= verb
}

/** Whether a word rather names a thing than says what is done ("reached", "cover") or how; what is no word of English may be a name. */
export function isThing(word: string): boolean {
  if (word.length < SHORTEST_THING) return false
  if (!isEnglishWord(word)) return true
  if (isAside(word) || /(?:ed|ing)$/.test(word)) return false
  const { noun, verb } = usesOf(word)
  return noun >= verb
}

/** Shorter words are mostly slips, or said by the way. */
const SHORTEST_THING = 3

/** Seen so often as a verb, and so much more than as a noun, that it is one. */
const COMMON_VERB = 30
const RARELY = 10

/** What a word may have been before its ending was taken for a plural's. */
function unsingular(word: string): string[] {
  return [`${word}s`, `${word}es`, word.replace(/y$/, 'ies'), word.replace(/use$/, 'us')]
}
