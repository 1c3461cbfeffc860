import { expansionsOf } from './abbreviations.ts'
import { editDistance } from './edit-distance.ts'
import { isEnglishWord } from './english-words.ts'
import { FUNCTION_WORDS, isFunctionWord } from './function-words.ts'
import { isMistyped, isTransposed } from './word-forms.ts'
import { WORD_GROUPS } from './word-groups.ts'

/** The word that was meant where one is no word of English and one letter away from a name of the database or a word of asking. */
export function correctSlip(word: string, names: Set<string>): string {
  if (word.length < SHORTEST || /\d/.test(word) || names.has(word)) return word
  if (isFunctionWord(word) || expansionsOf(word).length > 0 || isEnglishWord(word)) return word
  for (const meant of [names, FUNCTION_WORDS, EVERYDAY]) {
    const near = [...meant].filter((one) => isSlipOf(word, one))
    // Hurried fingers mostly get the first letter right.
    const found = near.find((one) => one[0] === word[0]) ?? near[0]
    if (found) return found
  }
  return word
}

const SHORTEST = 3
const EVERYDAY = new Set(WORD_GROUPS.flat())

function isSlipOf(word: string, meant: string): boolean {
  if (meant.length <= SHORTEST || Math.abs(meant.length - word.length) > 2) return false
  return editDistance(word, meant) <= 1 || isTransposed(word, meant) || isMistyped(word, meant)
}
