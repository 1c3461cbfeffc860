import type { Statement } from 'better-sqlite3'
import { splitText, type Word } from './fold-text.ts'
import { stopWords } from './stop-words.ts'
import type { ValueMatch } from './value-index.ts'
import type { WordCandidate } from './word-candidates.ts'

export type MatchLookups = {
  byForm: Statement<[string]>
  byWord: Statement<[number]>
  origins: Map<number, { table: string; column: string }>
}

/** A question cut into words, and for each of them what it may mean. */
export type CandidateWords = { text: string; words: Word[]; candidates: WordCandidate[][] }

/** Values that the words name, whole or in part, the best first. */
export function matchWords(lookups: MatchLookups, question: CandidateWords): ValueMatch[] {
  const best = new Map<number, Found>()
  const keep = (found: Found) => {
    const before = best.get(found.entry.id)
    if (before === undefined || found.score > before.score) best.set(found.entry.id, found)
  }
  for (const found of wholeValues(lookups, question)) keep(found)
  for (const found of partsOfValues(lookups, question)) keep(found)
  const ranked = [...best.values()].sort(
    (a, b) =>
      Number(b.score > partScore) - Number(a.score > partScore) ||
      b.to - b.from - (a.to - a.from) ||
      b.score - a.score ||
      a.entry.id - b.entry.id,
  )
  return ranked
    .filter((found) => !ranked.some((other) => covers(other, found)))
    .map((found) => toMatch(lookups, question, found))
}

type Entry = { id: number; origin: number; value: string; chars: number }

/** `from` and `to` (exclusive) count the question's words. */
type Found = { entry: Entry; from: number; to: number; score: number }

const foldedScore = 0.97
// No part of a value scores more than this.
const partScore = 0.7
const maxSpanWords = 8
const maxReadings = 8

function* wholeValues(lookups: MatchLookups, question: CandidateWords): Generator<Found> {
  for (let from = 0; from < question.words.length; from++) {
    let readings: Reading[] = [{ form: '', score: 0 }]
    for (let to = from + 1; to <= Math.min(from + maxSpanWords, question.words.length); to++) {
      readings = extend(readings, question.candidates[to - 1] ?? [])
      if (readings.length === 0) break
      for (const reading of readings) yield* readForm(lookups, question, { reading, from, to })
    }
  }
}

/** One way to read a stretch of words; `score` is the sum over them. */
type Reading = { form: string; score: number }

function extend(readings: Reading[], candidates: WordCandidate[]): Reading[] {
  const longer = readings.flatMap(({ form, score }) =>
    candidates.map((candidate) => ({
      form: form === '' ? candidate.word : `${form} ${candidate.word}`,
      score: score + candidate.score,
    })),
  )
  return longer.sort((a, b) => b.score - a.score).slice(0, maxReadings)
}

type Span = { reading: Reading; from: number; to: number }

function* readForm(lookups: MatchLookups, question: CandidateWords, { reading, from, to }: Span): Generator<Found> {
  const piece = pieceOf(question, from, to)
  const meansLittle = question.words.slice(from, to).every(({ forms }) => forms.some((form) => stopWords.has(form)))
  const average = reading.score / (to - from)
  for (const entry of lookups.byForm.all(reading.form) as Entry[]) {
    const same = entry.value === piece
    if (meansLittle && !(same && isCapitals(piece, question.text))) continue
    // Two letters (US, FR) mean the value only as it is written there.
    if (entry.chars <= 2 && !same) continue
    yield { entry, from, to, score: same ? 1 : Math.min(average, foldedScore) }
  }
}

function isCapitals(piece: string, text: string): boolean {
  return piece.length > 1 && piece === piece.toUpperCase() && text !== text.toUpperCase()
}

const maxEntriesOfPart = 20
const minPartChars = 3

function* partsOfValues(lookups: MatchLookups, question: CandidateWords): Generator<Found> {
  for (const [at, candidates] of question.candidates.entries()) {
    const word = question.words[at]
    if (!word || word.forms.some((form) => stopWords.has(form) || form.length < minPartChars || /^\d+$/.test(form)))
      continue
    for (const candidate of candidates) {
      if (candidate.entries > maxEntriesOfPart && !hasNeighbour(question, at)) continue
      for (const entry of lookups.byWord.all(candidate.id) as Entry[]) {
        yield stretch(question, entry, at, candidate)
      }
    }
  }
}

function hasNeighbour({ candidates }: CandidateWords, at: number): boolean {
  return (candidates[at - 1]?.length ?? 0) > 0 || (candidates[at + 1]?.length ?? 0) > 0
}

/** How much of a value stands in the question around one of its words. */
function stretch(question: CandidateWords, entry: Entry, at: number, candidate: WordCandidate): Found {
  const ofValue = new Set(splitText(entry.value, maxSpanWords).flatMap(({ forms }) => forms))
  const holds = (index: number) => question.candidates[index]?.find(({ word }) => ofValue.has(word))
  let [from, to] = [at, at + 1]
  let [chars, score] = [candidate.word.length, candidate.score]
  for (let step = holds(from - 1); step; step = holds(from - 1)) {
    from -= 1
    chars += step.word.length
    score += step.score
  }
  for (let step = holds(to); step; step = holds(to)) {
    to += 1
    chars += step.word.length
    score += step.score
  }
  const coverage = Math.min(chars / Math.max(entry.chars, 1), 1)
  return { entry, from, to, score: (partScore * (0.5 + coverage / 2) * score) / (to - from) }
}

/** What is part of a better match is not meant: York in New York. */
function covers(other: Found, found: Found): boolean {
  const inside = other.from <= found.from && found.to <= other.to
  if (!inside || other === found) return false
  // In the same place, parts of values give way to whole ones.
  if (!isLonger(other, found)) return other.score > partScore && found.score <= partScore
  // In another column it may be: Sonoma is a county, Sonoma County a region.
  const elsewhere = found.score >= foldedScore && other.entry.origin !== found.entry.origin
  return !elsewhere && other.score >= found.score - 0.1
}

function isLonger(other: Found, found: Found): boolean {
  return other.to - other.from > found.to - found.from
}

function pieceOf({ text, words }: CandidateWords, from: number, to: number): string {
  return text.slice(words[from]?.start, words[to - 1]?.end)
}

function toMatch({ origins }: MatchLookups, question: CandidateWords, { entry, from, to, score }: Found): ValueMatch {
  const { table = '', column = '' } = origins.get(entry.origin) ?? {}
  return { table, column, value: entry.value, score, matched: pieceOf(question, from, to) }
}
