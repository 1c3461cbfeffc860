import { foldName } from '../schema/quote-name.ts'

/**
 * Names for tables or columns made from whatever stood in a header: letters, digits and `_`, so that SQL needs no
 * quotes for them; unique whatever their case; `column_3` for an empty one.
 */
export function plainNames(headers: string[], kind: 'table' | 'column'): string[] {
  const taken = new Set<string>()
  return headers.map((header, index) => {
    const plain = plainName(header) || `${kind}_${index + 1}`
    let name = plain
    for (let next = 2; taken.has(foldName(name)); next++) name = `${plain}_${next}`
    taken.add(foldName(name))
    return name
  })
}

const maxNameChars = 60

function plainName(header: string): string {
  const words = header
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}_]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, maxNameChars)
  // Names that begin with a digit need quotes, and SQLite keeps sqlite_… for itself.
  return /^\p{N}|^sqlite_/iu.test(words) ? `_${words}` : words
}
