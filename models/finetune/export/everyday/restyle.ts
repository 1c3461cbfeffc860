import { pluralize, singularize } from 'inflection'
import type { Draws } from '#databases/sample/draws.ts'
import { SYNONYMS } from './words/synonyms.ts'

/**
 * Gives a question the looks of what people type: polite, terse, in other words, lower-case, abbreviated, mistyped. `verbatim` parts stay as
 * they are; `otherWords` is the chance that a word is replaced, and then that another one is.
 */
export function restyle(text: string, draws: Draws, verbatim: string[], otherWords = 0.1): string {
  let styled = text
  if (draws.chance(0.08) && /^(?:show|list|give|tell|name)\b/i.test(styled))
    styled = `${draws.pick(['please', 'can you', 'could you please'])} ${styled.charAt(0).toLowerCase()}${styled.slice(1)}`
  for (let words = 0; words < MOST_WORDS && draws.chance(otherWords); words++)
    styled = reworded(styled, draws, verbatim)
  if (draws.chance(0.1)) styled = abbreviated(styled)
  if (draws.chance(0.08)) styled = mistyped(styled, draws, verbatim)
  const plain = draws.chance(0.35)
  if (plain) return styled.charAt(0).toLowerCase() + styled.slice(1).replace(/[?.]$/, '')
  if (draws.chance(0.15)) return keepingCase(styled, verbatim)
  return styled.charAt(0).toUpperCase() + styled.slice(1)
}

const MOST_WORDS = 3

function keepingCase(text: string, verbatim: string[]): string {
  return verbatim.reduce((all, part) => all.replace(part.toLowerCase(), part), text.toLowerCase())
}

/** One word replaced by another for the same thing, which the schema does not use. */
export function reworded(text: string, draws: Draws, verbatim: string[]): string {
  const fixed = verbatim.join(' ').toLowerCase()
  const words = [...text.matchAll(/\p{Ll}{3,}/gu)].filter(
    ([word]) => Object.hasOwn(SYNONYMS, singularize(word)) && !fixed.includes(word),
  )
  const [found] = words.length > 0 ? [draws.pick(words)] : []
  if (!found) return text
  const [word] = found
  const other = draws.pick(SYNONYMS[singularize(word)] ?? [])
  const inNumber = word === singularize(word) ? other : pluralize(other)
  return text.slice(0, found.index) + inNumber + text.slice(found.index + word.length)
}

function abbreviated(text: string): string {
  return SHORT.reduce((all, [pattern, short]) => all.replace(pattern, short), text)
}

const SHORT: [RegExp, string][] = [
  [/\baverage\b/i, 'avg'],
  [/\bnumber of\b/i, 'no. of'],
  [/\bmaximum\b/i, 'max'],
  [/\bminimum\b/i, 'min'],
  [/\bquantity\b/i, 'qty'],
  [/\bdepartment\b/i, 'dept'],
  [/\bpercentage\b/i, '%'],
  [/^what is\b/i, "what's"],
]

/** One longer word with two letters swapped, one doubled or one left out. */
export function mistyped(text: string, draws: Draws, verbatim: string[]): string {
  const fixed = verbatim.join(' ').toLowerCase()
  const words = [...text.matchAll(/\p{Ll}{5,}/gu)].filter(([word]) => !fixed.includes(word) && !CALENDAR.test(word))
  const [found] = words.length > 0 ? [draws.pick(words)] : []
  if (!found) return text
  const [word] = found
  const at = draws.whole(1, word.length - 3)
  const [one, two] = [word.charAt(at), word.charAt(at + 1)]
  const wrong = draws.pick([two + one, one, one + one + two])
  return (
    text.slice(0, found.index) + word.slice(0, at) + wrong + word.slice(at + 2) + text.slice(found.index + word.length)
  )
}

const CALENDAR = /month|year|week|day|quarter|never|without/
