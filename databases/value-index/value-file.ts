/**
 * Tables of a value index. All text in them comes from somebody's database: it is only ever bound, never part of SQL.
 */
export const valueFileSchema = `
  CREATE TABLE origin (id INTEGER PRIMARY KEY, "table" TEXT NOT NULL, "column" TEXT NOT NULL);
  CREATE TABLE entry (id INTEGER PRIMARY KEY, origin INTEGER NOT NULL, value TEXT NOT NULL, chars INTEGER NOT NULL);
  -- The whole value, folded, its words set apart by single spaces.
  CREATE TABLE form (form TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (form, entry)) WITHOUT ROWID;
  CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, entries INTEGER NOT NULL);
  -- Only of words that few entries have: the others tell nothing.
  CREATE TABLE posting (word INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (word, entry)) WITHOUT ROWID;
  CREATE TABLE trigram (trigram TEXT NOT NULL, length INTEGER NOT NULL, word INTEGER NOT NULL,
    PRIMARY KEY (trigram, length, word)) WITHOUT ROWID;
  CREATE TABLE about (complete INTEGER NOT NULL);
`

/** A word with more entries than this has no postings. */
export const maxPostings = 50

/** Shorter words are not compared by trigrams: too many would look alike. */
export const minFuzzyChars = 4

/** Three letters at a time, the ends marked, so that beginnings weigh more. */
export function trigramsOf(word: string): string[] {
  const padded = `  ${word} `
  return [...new Set(Array.from({ length: padded.length - 2 }, (_, index) => padded.slice(index, index + 3)))]
}
