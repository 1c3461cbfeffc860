import { isUtf8 } from 'node:buffer'
import { open, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { DatabaseError } from '../database-error.ts'
import { fileFailure } from '../file-failure.ts'

export type FileKind = 'sqlite' | 'csv' | 'dump'

/**
 * What a file is, by its first bytes rather than by its name; the name decides among texts. Throws a DatabaseError that
 * says what it is instead where it is nothing that Rowbot reads. `name` is what the person calls the file.
 */
export async function sniffFile(path: string, name: string): Promise<FileKind> {
  const head = await readHead(path, name)
  if (head.toString('latin1', 0, 16) === 'SQLite format 3\0') return 'sqlite'
  const extension = extname(name).toLowerCase()
  const companion = /-(wal|shm|journal)$/.test(name) || walMagic.has(head.readUInt32BE(0))
  if (companion) throw lonelyCompanion(name)
  const format = otherFormats.find(({ magic }) => head.toString('latin1', 0, magic.length) === magic)
  if (format) throw refusal(name, `is ${format.what}`, format.advice)
  if (looksEncrypted(head) && (sqliteExtensions.has(extension) || extension === '')) throw encrypted(name)
  if (sqliteExtensions.has(extension)) throw refusal(name, 'is not a SQLite database')
  if (!isText(head)) throw refusal(name, 'is neither a SQLite database nor text')
  return textKind(head, extension, name)
}

const headBytes = 4096
const sqliteExtensions = new Set(['.sqlite', '.db', '.sqlite3', '.db3', '.s3db', '.sl3'])
const tableExtensions = new Set(['.csv', '.tsv', '.tab', '.txt'])
const walMagic = new Set([0x377f0682, 0x377f0683])

const unpack = 'Unpack it, and add what is inside.'
const exportIt = 'Export it as CSV, and add that.'
const otherFormats = [
  {
    magic: 'PK\u0003\u0004',
    what: 'a ZIP archive or an Excel workbook',
    advice: `${unpack} A workbook: export its sheets as CSV.`,
  },
  { magic: '\u001f\u008b', what: 'compressed with gzip', advice: unpack },
  { magic: 'BZh', what: 'compressed with bzip2', advice: unpack },
  { magic: '\u00fd7zXZ', what: 'compressed with xz', advice: unpack },
  { magic: '7z\u00bc\u00af', what: 'a 7z archive', advice: unpack },
  { magic: '\u0028\u00b5\u002f\u00fd', what: 'compressed with zstd', advice: unpack },
  { magic: 'PAR1', what: 'a Parquet file', advice: exportIt },
  { magic: 'PGDMP', what: 'a PostgreSQL archive', advice: 'Load it into PostgreSQL, and export its tables as CSV.' },
  { magic: '%PDF', what: 'a PDF document', advice: exportIt },
  { magic: '\u00d0\u00cf\u0011\u00e0', what: 'an old Excel or Word file', advice: exportIt },
  { magic: '\u0000\u0001\u0000\u0000Standard', what: 'a Microsoft Access database', advice: exportIt },
  {
    magic: '** This file contains an SQLite',
    what: 'a SQLite 2 database',
    advice: 'Convert it with: sqlite OLD .dump | sqlite3 NEW',
  },
]

async function readHead(path: string, name: string): Promise<Buffer> {
  try {
    const about = await stat(path)
    if (!about.isFile()) throw refusal(name, 'is a folder or a device, not a file', 'Name the database file itself.')
    if (about.size === 0) throw emptyFile(name)
    const file = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
      // Zeros at least to the length of a number: a file of two bytes is sniffed like any other.
      return buffer.subarray(0, Math.max(bytesRead, 4))
    } finally {
      await file.close()
    }
  } catch (error) {
    throw fileFailure(error, name)
  }
}

function textKind(head: Buffer, extension: string, name: string): FileKind {
  if (extension === '.sql') return 'dump'
  if (tableExtensions.has(extension)) return 'csv'
  const text = head.toString('utf8')
  if (/^\s*(--|\/\*|PRAGMA|BEGIN|CREATE\s|INSERT\s)/i.test(text)) return 'dump'
  if (/^[^\n]*[,;\t|][^\n]*(\n|$)/.test(text)) return 'csv'
  throw refusal(name, 'is text, but neither a table nor an SQL dump')
}

function isText(head: Buffer): boolean {
  const bom = head.subarray(0, 2).toString('latin1')
  if (bom === '\u00ff\u00fe' || bom === '\u00fe\u00ff') return true
  const controls = head.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12).length
  return controls === 0 || (isUtf8(head) && controls < head.length / 100 && !head.includes(0))
}

/** Encrypted pages look like noise: every byte about as frequent as every other. */
function looksEncrypted(head: Buffer): boolean {
  if (head.length < 512) return false
  const counts = new Map<number, number>()
  for (const byte of head) counts.set(byte, (counts.get(byte) ?? 0) + 1)
  const shares = [...counts.values()].map((count) => count / head.length)
  const bits = -shares.reduce((sum, share) => sum + share * Math.log2(share), 0)
  return bits > Math.log2(Math.min(head.length, 256)) - 0.6
}

const kindsWeRead = 'Rowbot reads SQLite files (.sqlite, .db), tables (.csv, .tsv) and SQLite dumps (.sql).'

function refusal(name: string, what: string, advice = kindsWeRead): DatabaseError {
  return new DatabaseError({ code: 'file-not-database', message: `${basename(name)} ${what}.`, advice })
}

function emptyFile(name: string): DatabaseError {
  const message = `${basename(name)} is empty.`
  return new DatabaseError({ code: 'file-empty', message, advice: 'Copy it again from its origin: nothing arrived.' })
}

function encrypted(name: string): DatabaseError {
  const message = `${basename(name)} looks encrypted: it is not a plain SQLite database.`
  const advice =
    'Decrypt it first (with SQLCipher: ATTACH a plain file and SELECT sqlcipher_export), and add the plain file.'
  return new DatabaseError({ code: 'file-encrypted', message, advice })
}

function lonelyCompanion(name: string): DatabaseError {
  const message = `${basename(name)} is a companion of a SQLite database, without the database itself.`
  const advice =
    'Add the main file (the same name without -wal, -shm or -journal), together with this one if both exist.'
  return new DatabaseError({ code: 'wal-without-database', message, advice })
}
