import { basename } from 'node:path'
import { CsvError, type Options, Parser } from 'csv-parse'
import { DatabaseError } from '../database-error.ts'
import { readText } from './decode-text.ts'

export type CsvDialect = { encoding: string; delimiter: string }

/** A file to read as a table; `name` is what the person calls it. */
export type CsvFile = { path: string; name: string }

/**
 * The records of a table file, its header first. A record of another length than the header comes as it is:
 * `lineOfRecord` names its line. Throws a DatabaseError (ragged-table) where quotes do not close.
 */
export function* readCsv(
  file: CsvFile,
  { encoding, delimiter }: CsvDialect,
  options: Options = {},
): Generator<string[]> {
  const parser = new Parser({ ...lenient, delimiter, ...options })
  // Errors are looked for after each write; without a listener they would end the process later.
  parser.on('error', () => undefined)
  for (const piece of readText(file.path, encoding)) {
    parser.write(piece)
    yield* takeRecords(parser, file)
  }
  parser.end()
  yield* takeRecords(parser, file)
}

// A quote that is never closed would make one record of the whole file.
const maxRecordChars = 8e6

const lenient: Options = {
  bom: true,
  trim: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: maxRecordChars,
}

/** The line of the file, counted from 1, on which a record ends; records are counted from 0, the header. */
export function lineOfRecord(file: CsvFile, dialect: CsvDialect, record: number): number {
  let index = 0
  for (const read of readCsv(file, dialect, { info: true })) {
    if (index++ === record) return (read as unknown as { info: { lines: number } }).info.lines
  }
  return index
}

const delimiters = [',', ';', '\t', '|']
const sniffedChars = 64 * 1024

/** The delimiter that cuts the first lines into the most columns of equal number. */
export function detectDelimiter(file: CsvFile, encoding: string): string {
  let head = ''
  for (const piece of readText(file.path, encoding)) {
    head += piece
    if (head.length >= sniffedChars) break
  }
  const whole = head.length < sniffedChars ? head : head.slice(0, head.lastIndexOf('\n') + 1)
  const scored = delimiters.map((delimiter) => ({ delimiter, score: scoreDelimiter(whole, delimiter) }))
  // A file of one column has no delimiter to find.
  return scored.sort((a, b) => b.score - a.score).find(({ score }) => score > 0)?.delimiter ?? ','
}

function scoreDelimiter(text: string, delimiter: string): number {
  const parser = new Parser({ ...lenient, delimiter, to: 100 })
  parser.on('error', () => undefined)
  parser.write(text)
  parser.end()
  const widths: number[] = []
  for (let record = parser.read(); record !== null; record = parser.read()) widths.push((record as string[]).length)
  const header = widths[0] ?? 0
  if (header < 2) return 0
  return (widths.filter((width) => width === header).length / widths.length) * 100 + Math.min(header, 99) / 100
}

function* takeRecords(parser: Parser, { name }: CsvFile): Generator<string[]> {
  for (let record = parser.read(); record !== null; record = parser.read()) yield record as string[]
  if (parser.errored === null || parser.errored === undefined) return
  const { errored } = parser
  if (!(errored instanceof CsvError)) throw errored
  const line = String((errored as unknown as { lines?: number }).lines ?? '?')
  throw new DatabaseError({
    code: 'ragged-table',
    message: `${basename(name)} cannot be read as a table: ${errored.message.replace(/ at line.*$/, '')}, up to line ${line}.`,
    advice: 'Look for a quote (") that is not closed, or write the file again from the program it came from.',
    cause: errored,
  })
}
