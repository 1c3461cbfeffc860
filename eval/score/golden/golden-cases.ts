import { readFileSync } from 'node:fs'
import type { SqlValue } from '#databases/schema/schema.ts'

/** Cases with what the reference made of them; make-golden.py writes them. */
export function goldenCases<Case>(name: string): Case[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** A result in which every value begins with the letter of its type. */
export type Tagged = (string | null)[][]

/** The result itself. */
export function untagged(table: Tagged): SqlValue[][] {
  return table.map((row) => row.map((cell) => (cell === null ? null : sqlValue(cell.charAt(0), cell.slice(1)))))
}

function sqlValue(tag: string, text: string): SqlValue {
  if (tag === 'i') return BigInt(text)
  if (tag === 'r') return Number(text.replace('inf', 'Infinity'))
  return tag === 'b' ? new Uint8Array(Buffer.from(text, 'hex')) : text
}
