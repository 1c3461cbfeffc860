import { editDistance } from '../../words/edit-distance.ts'
import { isEnglishWord } from '../../words/english-words.ts'
import { folded } from '../../words/folded.ts'
import { singular } from '../../words/split-words.ts'

/**
 * Whether a text is a value with a letter too few or too many inside its words ("Berln", "Itly"). Another first or last letter makes another name
 * (Jona and Jonas), and so does a changed one (Iran and Iraq).
 */
export function isLetterOff(written: string, value: string): boolean {
  const [own, held] = [folded(written).split(' '), folded(value).split(' ')]
  return own.length === held.length && own.every((word, at) => word === held[at] || isOff(word, held[at] ?? ''))
}

const SHORTEST = 4
const LETTERS = /^\p{L}+$/u

function isOff(word: string, meant: string): boolean {
  const both = [word, meant]
  if (both.some((one) => one.length < SHORTEST || !LETTERS.test(one))) return false
  if (word[0] !== meant[0] || word.at(-1) !== meant.at(-1) || word.length === meant.length) return false
  return editDistance(word, meant) === 1 && !isEnglishWord(singular(word))
}
