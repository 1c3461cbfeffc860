import { editDistance } from '../../words/edit-distance.ts'
import { isEnglishWord } from '../../words/english-words.ts'
import { folded } from '../../words/folded.ts'
import { singular } from '../../words/split-words.ts'
import { formsOf, isMistyped } from '../../words/word-forms.ts'

/**
 * Whether a text that differs from a value in a few letters is the same thing misspelt ("Farnce", "cancelled" for 'canceled'), rather than
 * another thing of a like name (Austria and Australia, Mary and Gary, active and inactive).
 */
export function isSlip(written: string, value: string, question: string): boolean {
  const [own, held] = [wordsOf(written), wordsOf(value)]
  const asked = wordsOf(question)
  // What the question itself spells so was meant.
  if (isWithin(held, asked) && !isWithin(own, asked)) return true
  if (own.join('') === held.join('')) return true
  if (own.length !== held.length) return isMistyped(own.join(''), held.join(''))
  const names = new Set(question.match(CAPITALISED)?.flatMap(wordsOf))
  return own.every((word, at) => isSlipOf(word, held[at] ?? '', names))
}

const CAPITALISED = /\p{Lu}[\p{L}’'-]*/gu

/** A name of fewer letters is as likely another one. */
const SHORTEST_NAME = 6

function isSlipOf(word: string, meant: string, names: Set<string>): boolean {
  if (word === meant || isForm(word, meant)) return true
  if (word[0] !== meant[0] || [word, meant].every((one) => isEnglishWord(singular(one)))) return false
  if (isJumbled(word, meant)) return true
  return isMistyped(word, meant) && (word.length >= SHORTEST_NAME || !names.has(word))
}

/** The same letters in nearly the same order. */
function isJumbled(word: string, meant: string): boolean {
  const letters = (text: string) => [...text].sort().join('')
  return letters(word) === letters(meant) && editDistance(word, meant) <= 2
}

/** "cancelled" and "canceled", "colours" and "color". */
function isForm(word: string, other: string): boolean {
  const forms = formsOf(singular(other))
  return formsOf(singular(word)).some((form) => forms.includes(form))
}

function isWithin(words: string[], text: string[]): boolean {
  return text.some((_, at) => words.every((word, index) => text[at + index] === word))
}

function wordsOf(text: string): string[] {
  return folded(text).match(/[\p{L}\p{N}]+/gu) ?? []
}
