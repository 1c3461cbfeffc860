import { folded } from '../../words/folded.ts'

/**
 * Whether one text shortens the other word by word ("Comp. Sci." and "Computer Science"), or is made of its initials ("USA" and "United
 * States of America"), in either direction.
 */
export function isShortFor(left: string, right: string): boolean {
  const [a, b] = [wordsOf(left), wordsOf(right)]
  return shortens(a, b) || shortens(b, a) || isInitials(a, b) || isInitials(b, a)
}

/** Whether a text of one or two letters begins the word: "F" and "female". */
export function isCodeFor(code: string, word: string): boolean {
  return /^\p{L}{1,2}$/u.test(code) && /^\p{L}{4,}$/u.test(word) && word.toLowerCase().startsWith(code.toLowerCase())
}

/** With fewer letters than this the beginning of a word stands for too many words. */
const SHORTEST_WORD = 3
const SHORTEST_INITIALS = 2
/** Words that initials leave out. */
const SMALL = new Set(['of', 'the', 'and', 'for', 'in', 'at', 'de'])

function shortens(short: string[], long: string[]): boolean {
  if (short.length !== long.length || short.length === 0) return false
  const pairs = short.map((word, at) => [word, long[at] ?? ''] as const)
  const isPart = pairs.every(
    ([word, whole]) => word === whole || (word.length >= SHORTEST_WORD && whole.startsWith(word)),
  )
  return isPart && pairs.some(([word, whole]) => word !== whole)
}

function isInitials(short: string[], long: string[]): boolean {
  const initials = short.join('')
  const all = long.map((word) => word[0]).join('')
  const telling = long
    .filter((word) => !SMALL.has(word))
    .map((word) => word[0])
    .join('')
  const isShort = short.length === 1 || short.every((word) => word.length === 1)
  return long.length > 1 && isShort && initials.length >= SHORTEST_INITIALS && [all, telling].includes(initials)
}

function wordsOf(text: string): string[] {
  return folded(text).match(/[\p{L}\p{N}]+/gu) ?? []
}
