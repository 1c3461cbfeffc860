import { basename, extname } from 'node:path'
import SQLite, { type Database } from 'better-sqlite3'
import { DatabaseError } from '../database-error.ts'
import { fileFailure } from '../file-failure.ts'
import { quoteName } from '../schema/quote-name.ts'
import { addToGuess, type ColumnReading, finishGuess, startGuess } from './csv-readings.ts'
import { type CsvDialect, type CsvFile, detectDelimiter, lineOfRecord, readCsv } from './csv-rows.ts'
import { detectEncoding } from './decode-text.ts'
import { plainNames } from './table-names.ts'

export type LoadArgs = {
  files: CsvFile[]
  /** Where to write the database; nothing must be there yet. */
  out: string
  maxBytes: number
}

/** What the person should know about what was read, in words. */
export type Loaded = { warnings: string[] }

/**
 * Makes a SQLite database of CSV and TSV files, one table each, named like the file. The first record is the header.
 * Encoding and delimiter are detected; a column gets a type that fits all its values, else TEXT; dates become ISO 8601;
 * empty is NULL. A record with too many cells is an error that names its line; missing cells at the end are NULL, with
 * a warning. To be run in a sandbox process.
 */
export function loadCsv({ files, out, maxBytes }: LoadArgs): Loaded {
  const db = new SQLite(out)
  const warnings: string[] = []
  try {
    db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF')
    db.pragma(`max_page_count = ${Math.ceil(maxBytes / 4096)}`)
    const tables = plainNames(
      files.map(({ name }) => basename(name, extname(name))),
      'table',
    )
    for (const [index, file] of files.entries()) {
      db.transaction(() => loadTable(db, tables[index] ?? '', file, warnings))()
    }
    return { warnings }
  } catch (error) {
    throw fileFailure(error, files.map(({ name }) => basename(name)).join(', '))
  } finally {
    db.close()
  }
}

type Table = { name: string; columns: string[]; headers: string[]; readings: ColumnReading[] }

function loadTable(db: Database, name: string, file: CsvFile, warnings: string[]): void {
  const encoding = detectEncoding(file.path)
  const dialect = { encoding, delimiter: tabs.test(file.name) ? '\t' : detectDelimiter(file, encoding) }
  const { headers, readings } = lookAtColumns(file, dialect, warnings)
  const table = { name, headers, readings, columns: plainNames(headers, 'column') }
  db.prepare(createTable(table, file)).run()
  const rows = insertRows(db, table, file, dialect)
  addKey(db, table)
  if (rows === 0) warnings.push(`${file.name} has a header and no rows.`)
}

const tabs = /\.(tsv|tab)$/i
const maxColumns = 1000

function lookAtColumns(file: CsvFile, dialect: CsvDialect, warnings: string[]) {
  const records = readCsv(file, dialect)
  const headers: string[] = records.next().value ?? []
  if (headers.length === 0) throw new DatabaseError({ ...emptyTable, message: `${file.name} holds no table.` })
  if (headers.length > maxColumns) throw tooWide(file, headers.length)
  const guesses = headers.map(() => startGuess(dialect.delimiter))
  const short = { count: 0, first: 0 }
  let record = 0
  for (const cells of records) {
    record += 1
    if (cells.length > headers.length) refuseLonger(file, dialect, { record, cells, width: headers.length })
    if (cells.length < headers.length && short.count++ === 0) short.first = record
    for (const [index, guess] of guesses.entries()) addToGuess(guess, cells[index] ?? '')
  }
  if (short.count > 0) warnings.push(aboutShort(file, short.count, lineOfRecord(file, dialect, short.first)))
  const readings = guesses.map(finishGuess)
  for (const [index, reading] of readings.entries()) warnings.push(...aboutColumn(file, headers[index] ?? '', reading))
  return { headers, readings }
}

function refuseLonger(
  file: CsvFile,
  dialect: CsvDialect,
  { record, cells, width }: { record: number; cells: string[]; width: number },
): void {
  // Delimiters at the end of a line add cells without saying anything.
  if (cells.slice(width).every((cell) => cell === '')) return
  throw new DatabaseError({
    code: 'ragged-table',
    message: `${file.name} has ${cells.length} cells in line ${lineOfRecord(file, dialect, record)} and ${width} in its header.`,
    advice:
      'Put quotes around cells that hold the delimiter or line breaks, or write the file again from where it came from.',
  })
}

function createTable({ name, columns, headers, readings }: Table, file: CsvFile): string {
  const fields = columns.map((column, index) => {
    const type = readings[index]?.type ?? 'TEXT'
    const header = headers[index] ?? ''
    return `${quoteName(column)} ${type}${column === header ? '' : comment(header)}`
  })
  return `CREATE TABLE ${quoteName(name)} (${comment(`from ${basename(file.name)}`)}\n  ${fields.join(',\n  ')}\n)`
}

function comment(text: string): string {
  const plain = text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replaceAll('*/', '* /')
    .trim()
  return plain === '' ? '' : ` /* ${plain.slice(0, 200)} */`
}

function insertRows(db: Database, { name, columns, readings }: Table, file: CsvFile, dialect: CsvDialect): number {
  const insert = db.prepare(`INSERT INTO ${quoteName(name)} VALUES (${columns.map(() => '?').join(', ')})`)
  const records = readCsv(file, dialect)
  records.next()
  let rows = 0
  for (const cells of records) {
    insert.run(readings.map(({ convert }, index) => convert(cells[index] ?? '')))
    rows += 1
  }
  return rows
}

// A first column called id (or order_id in orders) whose values are distinct is a key: joins and guessed foreign keys
// need it.
function addKey(db: Database, { name, columns }: Table): void {
  const [first = ''] = columns
  if (!/(^|_|[a-z])(id|ID|Id)$|^(key|code)$/i.test(first)) return
  const column = quoteName(first)
  const distinct = db
    .prepare(`SELECT count(*) > 0 AND count(*) = count(DISTINCT ${column}) FROM ${quoteName(name)}`)
    .pluck()
    .get()
  if (distinct !== 1) return
  db.prepare(`CREATE UNIQUE INDEX ${quoteName(`${name}_${first}`)} ON ${quoteName(name)} (${column})`).run()
}

function aboutShort({ name }: CsvFile, count: number, line: number): string {
  return `${name}: ${count} rows have fewer cells than the header (the first in line ${line}); the missing cells are empty.`
}

function aboutColumn({ name }: CsvFile, header: string, { nothings, ambiguousDates }: ColumnReading): string[] {
  if (nothings > 0) return [`${name}: ${nothings} cells such as N/A in "${header}" were read as empty.`]
  if (!ambiguousDates) return []
  return [`${name}: the dates in "${header}" may have the day or the month first, and were left as text.`]
}

const emptyTable = { code: 'file-empty', advice: 'Give it a first line with the names of the columns.' }

function tooWide({ name }: CsvFile, columns: number): DatabaseError {
  return new DatabaseError({
    code: 'too-many-columns',
    message: `${name} has ${columns} columns; ${maxColumns} can be read.`,
    advice: 'Leave out columns that nobody asks about, or turn the table so that the many columns become rows.',
  })
}
