import SQLite, { type Database } from 'better-sqlite3'
import { openReadOnly } from '../sandbox/open-read-only.ts'
import { quoteName } from '../schema/quote-name.ts'
import { splitText } from './fold-text.ts'
import { maxPostings, minFuzzyChars, trigramsOf, valueFileSchema } from './value-file.ts'

export type IndexValuesArgs = {
  /** The database. */
  path: string
  /** Where to write the index; nothing must be there yet. */
  out: string
  /** Text columns in the order of their worth: what comes last is left out first. */
  columns: { table: string; column: string }[]
  budget: { maxValues: number; maxValuesPerColumn: number; maxRows: number; ms: number }
}

/** How many values are in the index, and whether those are all there were. */
export type IndexedValues = { values: number; complete: boolean }

/**
 * Writes a value index of a database's text columns within a budget. To be run in a sandbox process: the text is
 * anybody's.
 */
export function indexValues(args: IndexValuesArgs): IndexedValues {
  const source = openReadOnly(args.path)
  const target = new SQLite(args.out)
  try {
    target.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE')
    target.exec(valueFileSchema)
    return target.transaction(() => fill(source, target, args))()
  } finally {
    target.close()
    source.close()
  }
}

type Filling = { entries: number; rows: number; complete: boolean; deadline: number; words: Map<string, number[]> }

const maxValueChars = 80
const maxValueWords = 8
const rowsPerClockLook = 256

function fill(source: Database, target: Database, { columns, budget }: IndexValuesArgs): IndexedValues {
  const filling: Filling = { entries: 0, rows: 0, complete: true, deadline: Date.now() + budget.ms, words: new Map() }
  const addOrigin = target.prepare('INSERT INTO origin VALUES (?, ?, ?)')
  for (const [id, { table, column }] of columns.entries()) {
    addOrigin.run(id, table, column)
    addColumn(source, target, filling, { id, table, column }, budget)
  }
  addWords(target, filling)
  target.prepare('INSERT INTO about VALUES (?)').run(filling.complete ? 1 : 0)
  return { values: filling.entries, complete: filling.complete }
}

function addColumn(
  source: Database,
  target: Database,
  filling: Filling,
  { id, table, column }: { id: number; table: string; column: string },
  budget: IndexValuesArgs['budget'],
): void {
  const name = quoteName(column)
  const addEntry = target.prepare('INSERT INTO entry VALUES (?, ?, ?, ?)')
  const addForm = target.prepare('INSERT OR IGNORE INTO form VALUES (?, ?)')
  const sql = `SELECT ${name} FROM main.${quoteName(table)} WHERE typeof(${name}) = 'text' AND octet_length(${name}) <= 400`
  const seen = new Set<string>()
  for (const value of source.prepare(sql).pluck().iterate() as Iterable<string>) {
    filling.rows += 1
    if (filling.rows % rowsPerClockLook === 0 && isSpent(filling, budget)) break
    if (seen.has(value)) continue
    if (seen.size >= budget.maxValuesPerColumn) break
    seen.add(value)
    const forms = formsOf(value)
    if (forms.length === 0) continue
    const entry = filling.entries++
    addEntry.run(entry, id, value, (forms[0] ?? '').length)
    for (const form of forms) addForm.run(form, entry)
    noteWords(filling.words, forms, entry)
  }
  if (seen.size >= budget.maxValuesPerColumn || isSpent(filling, budget)) filling.complete = false
}

function isSpent({ entries, rows, deadline }: Filling, budget: IndexValuesArgs['budget']): boolean {
  return entries >= budget.maxValues || rows >= budget.maxRows || Date.now() > deadline
}

/**
 * Folded forms of a value; none for what is not looked up by name: numbers, dates, identifiers made by machines, long
 * texts.
 */
function formsOf(value: string): string[] {
  const text = value.trim()
  const isText = /\p{L}/u.test(text) && !/^[\d\s.,:/+-]*T?[\d\s.,:/+-]*Z?$/.test(text)
  if (!isText || text.length > maxValueChars || text.includes('\ufffd') || madeByMachine.test(text)) return []
  const words = splitText(text, maxValueWords + 1)
  if (words.length === 0 || words.length > maxValueWords) return []
  const plain = words.map(({ forms }) => forms[0]).join(' ')
  const spelt = words.map(({ forms }) => forms[1] ?? forms[0]).join(' ')
  return plain === spelt ? [plain] : [plain, spelt]
}

// UUIDs and digests.
const madeByMachine = /^\{?([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24,})\}?$/i

function noteWords(words: Map<string, number[]>, forms: string[], entry: number): void {
  for (const word of new Set(forms.flatMap((form) => form.split(' ')))) {
    const entries = words.get(word)
    if (entries === undefined) words.set(word, [entry])
    // One more than is kept, to tell that there were too many.
    else if (entries.length <= maxPostings) entries.push(entry)
  }
}

function addWords(target: Database, { words }: Filling): void {
  const addWord = target.prepare('INSERT INTO word VALUES (?, ?, ?)')
  const addPosting = target.prepare('INSERT OR IGNORE INTO posting VALUES (?, ?)')
  const trigrams: [string, number, number][] = []
  for (const [id, [word, entries]] of [...words].entries()) {
    addWord.run(id, word, entries.length)
    if (entries.length <= maxPostings) for (const entry of entries) addPosting.run(id, entry)
    if (word.length < minFuzzyChars || /\d/.test(word)) continue
    for (const trigram of trigramsOf(word)) trigrams.push([trigram, word.length, id])
  }
  // In the order of the key, each row goes to the end of the file.
  trigrams.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1] || a[2] - b[2]))
  const addTrigram = target.prepare('INSERT OR IGNORE INTO trigram VALUES (?, ?, ?)')
  for (const row of trigrams) addTrigram.run(...row)
}
