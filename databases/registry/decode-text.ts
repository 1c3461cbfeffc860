import { closeSync, openSync, readSync } from 'node:fs'
import chardet from 'chardet'
import iconv from 'iconv-lite'

const pieceBytes = 256 * 1024
const oddBytesLooked = 64 * 1024

/**
 * The text encoding of a file, as iconv-lite calls it: told by a byte order mark, UTF-8 where the whole file is valid,
 * else guessed from the words that are not plain ASCII.
 */
export function detectEncoding(path: string): string {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const odd: Buffer[] = []
  let oddBytes = 0
  let isUtf8 = true
  let isFirst = true
  for (const piece of readPieces(path)) {
    const marked = isFirst ? byteOrderMark(piece) : undefined
    if (marked) return marked
    isFirst = false
    isUtf8 = isUtf8 && decodes(decoder, piece)
    if (!isUtf8) oddBytes += collect(oddWords(piece), odd, oddBytesLooked - oddBytes)
  }
  return isUtf8 ? 'utf8' : guessEncoding(Buffer.concat(odd))
}

/** The text of a file, piece by piece, without a byte order mark. */
export function* readText(path: string, encoding: string): Generator<string> {
  const decoder = iconv.getDecoder(encoding)
  for (const piece of readPieces(path)) yield decoder.write(piece)
  yield decoder.end() ?? ''
}

function* readPieces(path: string): Generator<Buffer> {
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const buffer = Buffer.allocUnsafe(pieceBytes)
      const bytes = readSync(file, buffer, 0, pieceBytes, null)
      if (bytes === 0) return
      yield buffer.subarray(0, bytes)
    }
  } finally {
    closeSync(file)
  }
}

function byteOrderMark(piece: Buffer): string | undefined {
  const start = piece.toString('latin1', 0, 3)
  if (start === '\u00ef\u00bb\u00bf') return 'utf8'
  if (start.startsWith('\u00ff\u00fe')) return 'utf16le'
  return start.startsWith('\u00fe\u00ff') ? 'utf16be' : undefined
}

function decodes(decoder: TextDecoder, piece: Buffer): boolean {
  try {
    decoder.decode(piece, { stream: true })
    return true
  } catch {
    return false
  }
}

function collect(words: Iterable<Buffer>, into: Buffer[], room: number): number {
  let bytes = 0
  for (const word of words) {
    if (bytes >= room) break
    into.push(word)
    bytes += word.length
  }
  return bytes
}

/** The words that are not plain ASCII: between many English ones they would not count. */
function* oddWords(piece: Buffer): Generator<Buffer> {
  for (const [word] of piece.toString('latin1').matchAll(/[^\s,;|"'\t]*[\u0080-\u00ff][^\s,;|"'\t]*/g)) {
    yield Buffer.from(`${word} `, 'latin1')
  }
}

function guessEncoding(odd: Buffer): string {
  const guess = chardet.analyse(odd).find(({ name }) => iconv.encodingExists(name))
  // What chardet calls ISO-8859-1 may hold €, which only its superset of Windows has.
  return guess === undefined || guess.name === 'ISO-8859-1' || guess.name === 'UTF-8' ? 'windows-1252' : guess.name
}
