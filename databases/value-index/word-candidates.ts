import type { Statement } from 'better-sqlite3'
import { editDistance } from './edit-distance.ts'
import type { Word } from './fold-text.ts'
import { stopWords } from './stop-words.ts'
import { minFuzzyChars, trigramsOf } from './value-file.ts'

/** A word of the index that a word of the question may mean; `score` is 1 for the same word. */
export type WordCandidate = { word: string; score: number; id: number; entries: number }

export type WordLookups = {
  exact: Statement<[string]>
  byTrigram: Statement<[string, number, number]>
  byId: Statement<[number]>
}

const pluralScore = 0.93
// What one wrong letter takes away, as a share of the word.
const typoWeight = 1.1
const maxTypoCandidates = 3
const maxFuzzyChars = 40

/**
 * What a word may mean: the word itself, else its singular or plural, else what it may be a misspelling of. Fuzzy
 * comparison is for words that are long enough, that no exact reading has, and that begin with the same letter.
 */
export function wordCandidates(lookups: WordLookups, word: Word, fuzzy: boolean): WordCandidate[] {
  const exact = lookUp(lookups, word.forms, 1)
  const other = lookUp(lookups, word.forms.flatMap(otherNumbers), pluralScore)
  if (exact.length > 0 || other.length > 0)
    return [...exact, ...other.filter(({ id }) => exact.every((one) => one.id !== id))]
  if (!fuzzy || word.forms.some((form) => stopWords.has(form))) return []
  const form = word.forms[0] ?? ''
  const found = misspellings(lookups, form)
  return found.length > 0 || !form.endsWith('s') ? found : misspellings(lookups, form.slice(0, -1))
}

function lookUp({ exact }: WordLookups, forms: string[], score: number): WordCandidate[] {
  return [...new Set(forms)].flatMap((form) => {
    const found = exact.get(form) as { id: number; entries: number } | undefined
    return found ? [{ word: form, score, ...found }] : []
  })
}

/** The singular of a plural and the plural of a singular, as English makes them; wrong guesses find nothing. */
function otherNumbers(form: string): string[] {
  if (form.length < 3) return []
  const others = [`${form}s`, `${form}es`]
  if (form.endsWith('y')) others.push(`${form.slice(0, -1)}ies`)
  if (form.endsWith('ies')) others.push(`${form.slice(0, -3)}y`)
  if (form.endsWith('es')) others.push(form.slice(0, -2))
  if (form.endsWith('s') && form.length > 3) others.push(form.slice(0, -1))
  return others
}

function misspellings(lookups: WordLookups, form: string): WordCandidate[] {
  if (form.length < minFuzzyChars || form.length > maxFuzzyChars || /\d/.test(form)) return []
  const limit = form.length < 8 ? 1 : 2
  return shareTrigrams(lookups, form, limit)
    .flatMap((id) => {
      const found = lookups.byId.get(id) as { word: string; entries: number }
      const distance = typingErrors(form, found.word, limit)
      return distance > limit ? [] : [{ id, ...found, score: 1 - (typoWeight * distance) / form.length }]
    })
    .sort((a, b) => b.score - a.score || b.entries - a.entries)
    .slice(0, maxTypoCandidates)
}

function typingErrors(form: string, word: string, limit: number): number {
  // Four letters have too many neighbours: only their order may be wrong.
  const sameLetters = () => [...form].sort().join() === [...word].sort().join()
  const isFar = form[0] !== word[0] || (form.length <= 4 && !sameLetters())
  return isFar ? limit + 1 : editDistance(form, word, limit)
}

// One edit spoils at most four trigrams (a swap in the middle): whoever shares fewer is further away.
function shareTrigrams({ byTrigram }: WordLookups, form: string, limit: number): number[] {
  const trigrams = trigramsOf(form)
  const shared = new Map<number, number>()
  for (const trigram of trigrams) {
    const ids = byTrigram.all(trigram, form.length - limit, form.length + limit) as number[]
    for (const id of ids) shared.set(id, (shared.get(id) ?? 0) + 1)
  }
  const needed = Math.max(trigrams.length - 4 * limit, 2)
  return [...shared]
    .filter(([, count]) => count >= needed)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 40)
    .map(([id]) => id)
}
