import SQLite from 'better-sqlite3'
import { splitText } from './fold-text.ts'
import { type MatchLookups, matchWords } from './match-words.ts'
import { wordCandidates } from './word-candidates.ts'

/**
 * A value of the database that a question seems to name. `matched` is the piece of the question; `score` is 1 where it
 * is the value letter by letter, above 0.9 but for case, accents or number, above 0.7 with typing errors, below 0.7
 * where the question names a part of it.
 */
export type ValueMatch = { table: string; column: string; value: string; score: number; matched: string }

/** Finds the values of a database that a question names. */
export type ValueIndex = {
  /**
   * Whole values before parts, longer before shorter, then by score; none is part of a better one. Empty until the
   * index is built.
   */
  match(text: string, limit?: number): ValueMatch[]
  /** Resolves once values can be matched, or when it is certain that they never will. */
  readonly ready: Promise<void>
}

export type OpenValueIndex = { match: ValueIndex['match']; close(): void }

// A question longer than this is no question; its end is not looked at.
const maxQuestionWords = 120
const maxFuzzyWords = 24

/** Opens an index that `indexValues` wrote, for reading only. */
export function openValueIndex(path: string): OpenValueIndex {
  const db = new SQLite(path, { readonly: true, fileMustExist: true })
  db.exec('PRAGMA cache_size = -1000')
  const words = {
    exact: db.prepare<[string]>('SELECT id, entries FROM word WHERE word = ?'),
    byTrigram: db
      .prepare<[string, number, number]>(
        'SELECT word FROM trigram WHERE trigram = ? AND length BETWEEN ? AND ? LIMIT 3000',
      )
      .pluck(),
    byId: db.prepare<[number]>('SELECT word, entries FROM word WHERE id = ?'),
  }
  const fields = 'entry.id, entry.origin, entry.value, entry.chars'
  const lookups: MatchLookups = {
    byForm: db.prepare(`SELECT ${fields} FROM form JOIN entry ON entry.id = form.entry WHERE form = ? LIMIT 40`),
    byWord: db.prepare(`SELECT ${fields} FROM posting JOIN entry ON entry.id = posting.entry WHERE word = ?`),
    origins: new Map(readOrigins(db).map((origin) => [origin.id, origin])),
  }
  return {
    match: (text, limit = 10) => {
      const question = splitText(text, maxQuestionWords)
      let fuzzyLeft = maxFuzzyWords
      const candidates = question.map((word) => wordCandidates(words, word, fuzzyLeft-- > 0))
      return matchWords(lookups, { text, words: question, candidates }).slice(0, limit)
    },
    close: () => db.close(),
  }
}

function readOrigins(db: SQLite.Database) {
  return db.prepare('SELECT id, "table", "column" FROM origin').all() as { id: number; table: string; column: string }[]
}
